/** What was edited, so that it can be undone. */

export type History<T> = {
  past: readonly T[];
  now: T;
  future: readonly T[];
  /** What the last step was about; further steps about the same are one step. */
  about: string | null;
};

const KEPT = 100;

export function begin<T>(now: T): History<T> {
  return { past: [], now, future: [], about: null };
}

/** A step; typing into one field (`about`) is undone at once, not letter by letter. */
export function step<T>(history: History<T>, next: T, about: string | null = null): History<T> {
  if (next === history.now) return history;
  const same = about !== null && about === history.about;
  const past = same ? history.past : [...history.past, history.now].slice(-KEPT);
  return { past, now: next, future: [], about };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  const future = [history.now, ...history.future];
  return { past: history.past.slice(0, -1), now: before, future, about: null };
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.now], now: after, future, about: null };
}
