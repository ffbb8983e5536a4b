import type { RfmView } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { formatCount, formatDuration, formatMoney } from "@kit/format/numbers.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import styles from "./Rfm.module.css";
import { rfmWords } from "./words.ts";

const DAY = 86_400;
const SCORES = [5, 4, 3, 2, 1];

type Version = NonNullable<RfmView["version"]>;

/** The thresholds in force: what each score means. */
export function Cuts({ version }: { version: Version }) {
  const t = useText(rfmWords);
  const language = useLanguage();

  /** In days, whole where they are; what is less than a day as it is. */
  function time(seconds: number): string {
    if (seconds < DAY) return formatDuration(seconds, language);
    return t.days(formatCount(Math.round((seconds / DAY) * 10) / 10));
  }

  /** What is needed for a score of figures that count upwards. */
  function reached(score: number, cuts: readonly number[], say: (value: number) => string): string {
    const [from, to] = [cuts[score - 2], cuts[score - 1]];
    if (from === undefined) return t.under(say(to ?? 0));
    // Where many are alike, borders meet: no figure lies between.
    if (from === to) return t.nobody;
    return to === undefined ? t.atLeast(say(from)) : t.between(say(from), say(to));
  }

  /** The same for days ago, which count downwards. */
  function ago(score: number): string {
    const [from, to] = [version.recency_seconds[4 - score], version.recency_seconds[5 - score]];
    if (from === to) return t.nobody;
    return t.ago(from === undefined ? null : time(from), to === undefined ? null : time(to));
  }

  return (
    <>
      <table className={styles.cuts}>
        <thead>
          <tr>
            <th>{t.score}</th>
            <th>{t.recency}</th>
            <th>{t.frequency}</th>
            <th>{t.money}</th>
          </tr>
        </thead>
        <tbody>
          {SCORES.map((score) => (
            <tr key={score}>
              <td>{score}</td>
              <td>{ago(score)}</td>
              <td>{reached(score, version.frequency, formatCount)}</td>
              <td>{reached(score, version.money_fen, formatMoney)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.faint}>
        {t.modes[version.mode]} · {t.buyers(formatCount(version.buyers))} · {t.asOf}{" "}
        <Moment at={version.as_of} />
      </p>
    </>
  );
}
