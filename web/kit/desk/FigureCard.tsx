import { Tooltip } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { FigureUnit } from "../api/types.ts";
import {
  changeOf,
  formatCount,
  formatDuration,
  formatMoney,
  formatMoneyShort,
  formatRate,
  formatShort,
} from "../format/numbers.ts";
import { type Language, useLanguage } from "../i18n/language.ts";
import { defineMessages, useText } from "../i18n/messages.ts";
import styles from "./FigureCard.module.css";
import { SourceLabel } from "./SourceLabel.tsx";
import { Term } from "./Term.tsx";

const words = defineMessages({
  zh: { same: "持平", fresh: "此前为 0" },
  en: { same: "no change", fresh: "0 before" },
});

/** A figure in its unit, exact. */
export function exactFigure(value: number, unit: FigureUnit, language: Language): string {
  if (unit === "fen") return formatMoney(value);
  if (unit === "ratio") return formatRate(value);
  if (unit === "times") return value.toFixed(2);
  if (unit === "seconds") return formatDuration(value, language);
  return formatCount(value);
}

export function shortFigure(value: number, unit: FigureUnit, language: Language): string {
  if (unit === "fen") return formatMoneyShort(value, language);
  if (unit === "count" || unit === "people") return formatShort(value, language);
  return exactFigure(value, unit, language);
}

type ChangeProps = { now: number; before: number; label: string; goodWhenLow: boolean };

function Change({ now, before, label, goodWhenLow }: ChangeProps) {
  const t = useText(words);
  const change = changeOf(now, before);
  if (change === null) return <span>{`${label} ${t.fresh}`}</span>;
  if (change === 0) return <span>{`${label} ${t.same}`}</span>;
  return (
    <span>
      {label}{" "}
      <span className={change > 0 === goodWhenLow ? styles.down : styles.up}>
        {change > 0 ? "▲" : "▼"} {formatRate(Math.abs(change))}
      </span>
    </span>
  );
}

export type FigureCardProps = {
  name: string;
  definition: ReactNode;
  unit: FigureUnit;
  /** null: cannot be known; then `missing` says why. */
  value: number | null;
  missing?: string | null;
  compare?: { value: number; label: string };
  goodWhenLow?: boolean;
  /** Page with the people or orders behind the number. */
  to?: string;
  foot?: ReactNode;
  large?: boolean;
};

/** One figure: its definition on hover, what it was before, and the way to who is behind it. */
export function FigureCard(props: FigureCardProps) {
  const { name, definition, unit, value, missing, compare, to, foot } = props;
  const { large = false, goodWhenLow = false } = props;
  const language = useLanguage();
  return (
    <div className={`${styles.card} ${large ? styles.large : ""}`}>
      <span className={styles.name}>
        <Term means={definition}>{name}</Term>
      </span>
      {value === null ? (
        <span className={styles.unknown}>
          <SourceLabel why={missing ?? ""} />
        </span>
      ) : (
        <Tooltip title={exactFigure(value, unit, language)} mouseEnterDelay={0.4}>
          {to ? (
            <Link to={to} className={styles.value}>
              {shortFigure(value, unit, language)}
            </Link>
          ) : (
            <span className={styles.value}>{shortFigure(value, unit, language)}</span>
          )}
        </Tooltip>
      )}
      <span className={styles.foot}>
        {value !== null && compare && (
          <Change
            now={value}
            before={compare.value}
            label={compare.label}
            goodWhenLow={goodWhenLow}
          />
        )}
        {foot}
      </span>
    </div>
  );
}
