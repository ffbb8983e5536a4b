import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import type { Rule } from "../../rule/language.ts";
import { markingHours, notesOf } from "../../rule/notes.ts";
import styles from "./Live.module.css";
import { liveWords } from "./words.ts";

/** What quotas mean for so many people, and what cannot be known of them. */
export function Notes({ rule, people }: { rule: Rule; people: number | undefined }) {
  const t = useText(liveWords);
  const hours = markingHours(people ?? 0);
  const long =
    hours >= 1
      ? t.hours(formatCount(Math.round(hours * 10) / 10))
      : t.minutes(formatCount(Math.max(1, Math.ceil(hours * 60))));
  return (
    <div>
      <h3 className={styles.title}>{t.notes}</h3>
      <ul className={styles.notes}>
        {notesOf(rule).map((note) => (
          <li key={note}>{t[note]}</li>
        ))}
        {!!people && <li>{t.marking(long)}</li>}
        <li>{t.quota}</li>
        <li>{t.marketing}</li>
      </ul>
    </div>
  );
}
