import { useEffect, useEffectEvent, useState } from "react";
import { begin, redo, step, undo } from "../rule/history.ts";
import type { Rule } from "../rule/language.ts";
import { type Group, treeOf } from "../rule/tree.ts";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && !!target.closest("input, textarea, [contenteditable]");
}

/** A rule being edited, with its history; the keyboard undoes too, outside of fields. */
export function useRuleDesk(rule: Rule) {
  const [history, setHistory] = useState(() => begin(treeOf(rule)));

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "z" || !(event.metaKey || event.ctrlKey)) return;
    if (isTyping(event.target)) return;
    event.preventDefault();
    setHistory(event.shiftKey ? redo : undo);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);

  return {
    tree: history.now,
    change: (next: Group, about?: string) => setHistory((now) => step(now, next, about)),
    undo: history.past.length ? () => setHistory(undo) : undefined,
    redo: history.future.length ? () => setHistory(redo) : undefined,
  };
}
