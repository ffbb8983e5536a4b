import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { memo } from "react";
import type { LogEntry } from "../api/types.ts";
import { exactClock } from "../ui/clock.ts";
import { isFault } from "./filter.ts";
import { meaningOf, partyOf, shortPath, wentWrong } from "./sentences.ts";
import css from "./wire.module.css";
import { wireWords } from "./words.ts";

/** How it ended: 200 · errcode 45009 · 12 ms. */
export function answerOf(entry: LogEntry, none: string): string {
  const parts = [entry.status === null ? none : String(entry.status)];
  if (entry.errcode) parts.push(`errcode ${entry.errcode}`);
  if (entry.milliseconds) parts.push(`${Math.round(entry.milliseconds)} ms`);
  return parts.join(" · ");
}

/** One exchange on the wire; pressed, it shows what was sent and answered. */
export const Entry = memo(function Entry({
  entry,
  onOpen,
}: {
  entry: LogEntry;
  onOpen: (entry: LogEntry) => void;
}) {
  const text = useText(wireWords);
  const language = useLanguage();
  return (
    <li>
      <button
        type="button"
        className={css.entry}
        data-fault={isFault(entry)}
        onClick={() => onOpen(entry)}
      >
        <span className={css.who}>
          {partyOf(entry.sender, language)} → {partyOf(entry.receiver, language)}
          <time>{exactClock(entry.at)}</time>
        </span>
        <span className={css.meaning}>
          <strong>{meaningOf(entry, language)}</strong>
          {isFault(entry) && <span className={css.fault}>{text.fault}</span>}
          {entry.kind !== "fault" && (
            <span className={css.answer} data-wrong={wentWrong(entry)}>
              {answerOf(entry, text.none)}
            </span>
          )}
        </span>
        <span className={css.path}>{entry.kind === "fault" ? entry.note : shortPath(entry)}</span>
      </button>
    </li>
  );
});
