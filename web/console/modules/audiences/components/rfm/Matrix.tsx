import type { RfmMatrix } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { formatCount, formatDuration, formatMoney, formatRate } from "@kit/format/numbers.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Tooltip } from "antd";
import { type CSSProperties, Fragment } from "react";
import { LATE_FROM } from "../live/Headcount.tsx";
import styles from "./Rfm.module.css";
import { rfmWords } from "./words.ts";

const SCORES = [1, 2, 3, 4, 5];
/** The fullest cell, in percent of jade. */
const DEEPEST = 42;

type MatrixProps = {
  matrix: RfmMatrix;
  onChoose?: (recency: number, frequency: number) => void;
};

/** Buyers by recency and frequency; the more, the deeper the ground. */
export function Matrix({ matrix, onChoose }: MatrixProps) {
  const t = useText(rfmWords);
  const language = useLanguage();
  const cells = new Map(matrix.cells.map((one) => [`${one.recency} ${one.frequency}`, one]));
  const most = Math.max(1, ...matrix.cells.map(({ people }) => people));
  const all = matrix.cells.reduce((sum, { people }) => sum + people, 0);
  return (
    <>
      <p className={styles.faint}>
        {t.matrixHint} {t.asOf} <Moment at={matrix.as_of} />
      </p>
      {matrix.lag_seconds >= LATE_FROM && (
        <p className={styles.told}>{t.late(formatDuration(matrix.lag_seconds, language))}</p>
      )}
      <div style={{ height: 8 }} />
      <div className={styles.matrix}>
        <span className={styles.axis}>{t.corner}</span>
        {SCORES.map((score) => (
          <span key={score} className={styles.axis}>
            {t.recent(score)}
          </span>
        ))}
        {SCORES.toReversed().map((frequency) => (
          <Fragment key={frequency}>
            <span className={styles.axis}>{t.often(frequency)}</span>
            {SCORES.map((recency) => {
              const { people = 0, gmv_fen = 0 } = cells.get(`${recency} ${frequency}`) ?? {};
              const told = t.cell(recency, frequency, formatCount(people), formatMoney(gmv_fen));
              const share = `${Math.round((people / most) * DEEPEST)}%`;
              return (
                <Tooltip key={recency} title={told}>
                  <button
                    type="button"
                    className={styles.cell}
                    style={{ "--share": share } as CSSProperties}
                    aria-label={told}
                    disabled={!onChoose}
                    onClick={() => onChoose?.(recency, frequency)}
                  >
                    <span className={people ? styles.people : styles.nobody}>
                      {formatCount(people)}
                    </span>
                    {people > 0 && <span className={styles.share}>{formatRate(people / all)}</span>}
                  </button>
                </Tooltip>
              );
            })}
          </Fragment>
        ))}
      </div>
    </>
  );
}
