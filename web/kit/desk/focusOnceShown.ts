const focused = new WeakSet<object>();

/**
 * A `ref` for the field of a dialog that is to be typed into at once. `autoFocus` does nothing
 * there: antd puts what it opens into the page only after React gave the focus away.
 *
 * antd hands a new handle of the same field over whenever the dialog is drawn anew: only the
 * first one takes the focus, or whoever goes to another field would be called back.
 */
export function focusOnceShown(
  field: { focus: () => void; nativeElement?: HTMLElement | null } | null,
): void {
  if (!field) return;
  const shown = field.nativeElement ?? field;
  if (focused.has(shown)) return;
  focused.add(shown);
  setTimeout(() => field.focus());
}
