import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import type { LogEntry } from "../api/types.ts";
import { exactClock } from "../ui/clock.ts";
import { Sheet } from "../ui/Sheet.tsx";
import { answerOf } from "./Entry.tsx";
import { isFault } from "./filter.ts";
import { readable } from "./readable.ts";
import { meaningOf, partyOf, wentWrong } from "./sentences.ts";
import css from "./wire.module.css";
import { wireWords } from "./words.ts";

function Body({ title, body }: { title: string; body: string }) {
  const text = useText(wireWords);
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {body ? <pre>{readable(body)}</pre> : <p>{text.nothing}</p>}
    </section>
  );
}

/** One exchange in full. */
export function EntryDrawer({ entry, onClose }: { entry: LogEntry; onClose: () => void }) {
  const text = useText(wireWords);
  const language = useLanguage();
  return (
    <Sheet title={meaningOf(entry, language)} side onClose={onClose}>
      <div className={css.detail}>
        <dl>
          <dt>{text.from}</dt>
          <dd>{partyOf(entry.sender, language)}</dd>
          <dt>{text.to}</dt>
          <dd>{partyOf(entry.receiver, language)}</dd>
          <dt>{text.at}</dt>
          <dd>{exactClock(entry.at)}</dd>
          <dt>{text.answer}</dt>
          <dd className={css.answer} data-wrong={wentWrong(entry)}>
            {answerOf(entry, text.none)}
          </dd>
        </dl>
        <p className={css.whole}>
          {entry.method} {entry.path}
        </p>
        {entry.note && (
          <p className={isFault(entry) ? css.faultNote : undefined}>
            {isFault(entry) ? text.fault : text.note}：{entry.note}
          </p>
        )}
        <Body title={text.request} body={entry.request} />
        <Body title={text.response} body={entry.response} />
      </div>
    </Sheet>
  );
}
