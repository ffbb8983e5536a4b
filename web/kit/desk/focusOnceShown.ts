/**
 * A `ref` for the field of a dialog that is to be typed into at once. `autoFocus` does nothing
 * there: antd puts what it opens into the page only after React gave the focus away.
 */
export function focusOnceShown(field: { focus: () => void } | null): void {
  if (field) setTimeout(() => field.focus());
}
