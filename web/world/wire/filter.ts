import type { LogEntry, LogKind } from "../api/types.ts";
import { wentWrong } from "./sentences.ts";

/** What an observer wants to see: no kinds means all, `text` is part of a path or a body. */
export type Filter = { kinds: ReadonlySet<LogKind>; text: string; wrong: boolean };

export const EVERYTHING: Filter = { kinds: new Set(), text: "", wrong: false };

/** Whether a fault that somebody planned had its hand in an exchange. */
export function isFault(entry: LogEntry): boolean {
  return entry.kind === "fault" || entry.note.includes("fault:");
}

export function fits(entry: LogEntry, { kinds, text, wrong }: Filter): boolean {
  if (kinds.size > 0 && !kinds.has(entry.kind)) return false;
  if (wrong && !wentWrong(entry) && !isFault(entry)) return false;
  const wanted = text.trim().toLowerCase();
  const said = [entry.path, entry.request, entry.response, entry.note];
  return !wanted || said.some((part) => part.toLowerCase().includes(wanted));
}
