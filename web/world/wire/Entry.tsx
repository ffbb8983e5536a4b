import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { memo, useState } from "react";
import type { LogEntry } from "../api/types.ts";
import { exactClock } from "../ui/clock.ts";
import { readable } from "./readable.ts";
import { meaningOf, partyOf, shortPath, wentWrong } from "./sentences.ts";
import css from "./wire.module.css";
import { wireWords } from "./words.ts";

function Detail({ entry }: { entry: LogEntry }) {
  const text = useText(wireWords);
  return (
    <div className={css.detail}>
      <p className={css.path} title={entry.path}>
        {entry.method} {entry.path}
      </p>
      {entry.request && (
        <>
          <p>{text.request}</p>
          <pre>{readable(entry.request)}</pre>
        </>
      )}
      {entry.response && (
        <>
          <p>{text.response}</p>
          <pre>{readable(entry.response)}</pre>
        </>
      )}
      {entry.note && (
        <p>
          {text.note}：{entry.note}
        </p>
      )}
    </div>
  );
}

function answerOf(entry: LogEntry, none: string): string {
  const parts = [entry.status === null ? none : String(entry.status)];
  if (entry.errcode) parts.push(`errcode ${entry.errcode}`);
  if (entry.milliseconds) parts.push(`${Math.round(entry.milliseconds)} ms`);
  return parts.join(" · ");
}

/** One exchange on the wire; opened, it shows what was sent and answered. */
export const Entry = memo(function Entry({ entry }: { entry: LogEntry }) {
  const text = useText(wireWords);
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <details
      className={css.entry}
      data-kind={entry.kind}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <span className={css.who}>
          {partyOf(entry.sender, language)} → {partyOf(entry.receiver, language)}
          <time>{exactClock(entry.at)}</time>
        </span>
        <span className={css.meaning}>
          <strong>{meaningOf(entry, language)}</strong>
          <span className={css.answer} data-wrong={wentWrong(entry)}>
            {answerOf(entry, text.none)}
          </span>
        </span>
        <span className={css.path}>{shortPath(entry)}</span>
      </summary>
      {open && <Detail entry={entry} />}
    </details>
  );
});
