import { sentenceOf } from "@kit/api/problem.ts";
import type { AudiencePreview } from "@kit/api/types.ts";
import { formatCount, formatDuration } from "@kit/format/numbers.ts";
import { formatMoment } from "@kit/format/time.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Skeleton } from "antd";
import styles from "./Live.module.css";
import { liveWords } from "./words.ts";

/** From so many seconds on an answer's age is told as a warning. */
export const LATE_FROM = 60;

type HeadcountProps = {
  answer: AudiencePreview | undefined;
  failure: unknown;
  isBehind: boolean;
  unfinished: number;
  onAgain: () => void;
};

/** How many fit, how true that is, and what keeps it from being truer. */
export function Headcount({ answer, failure, isBehind, unfinished, onAgain }: HeadcountProps) {
  const t = useText(liveWords);
  const language = useLanguage();
  return (
    <div aria-live="polite">
      {answer ? (
        <div className={`${styles.count} ${isBehind ? styles.behind : ""}`} data-testid="headcount">
          {formatCount(answer.count)}
          <span className={styles.unit}>{t.unit}</span>
        </div>
      ) : failure !== null ? (
        <div className={`${styles.count} ${styles.behind}`}>—</div>
      ) : (
        <Skeleton.Button active style={{ width: 140, height: 42 }} />
      )}
      <div className={styles.asOf}>
        {answer && <span>{t.asOf(formatMoment(answer.as_of))}</span>}
        {isBehind && !failure && (
          <span className={styles.updating}>
            <span className={styles.pulse} />
            {answer ? t.updating : t.counting}
          </span>
        )}
      </div>
      {answer && answer.lag_seconds >= LATE_FROM && (
        <p className={`${styles.told} ${styles.warning}`}>
          {t.late(formatDuration(answer.lag_seconds, language))}
        </p>
      )}
      {failure !== null && (
        <p className={`${styles.told} ${styles.failed}`} role="alert">
          {sentenceOf(failure)} {answer ? t.failed : t.never}{" "}
          <Button type="link" size="small" onClick={onAgain} style={{ padding: 0 }}>
            {t.again}
          </Button>
        </p>
      )}
      {unfinished > 0 && (
        <p className={`${styles.told} ${styles.warning}`}>{t.unfinished(unfinished)}</p>
      )}
    </div>
  );
}
