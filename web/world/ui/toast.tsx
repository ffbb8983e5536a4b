import { useEffect, useSyncExternalStore } from "react";
import css from "./ui.module.css";

type Said = { text: string; bad: boolean; turn: number } | null;

const SHOWN_MS = 4000;
const listeners = new Set<() => void>();
let said: Said = null;

function set(next: Said): void {
  said = next;
  for (const listener of listeners) listener();
}

/** Tells the visitor something for a few seconds. */
export function tell(text: string, bad = false): void {
  set({ text, bad, turn: (said?.turn ?? 0) + 1 });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toast() {
  const now = useSyncExternalStore(subscribe, () => said);
  useEffect(() => {
    if (!now) return;
    const timer = setTimeout(() => set(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return (
    <div role="status" aria-live="polite">
      {now && (
        <p className={css.toast} data-bad={now.bad}>
          {now.text}
        </p>
      )}
    </div>
  );
}
