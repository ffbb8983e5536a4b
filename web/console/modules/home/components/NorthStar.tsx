import type { Dashboard, Figure } from "@kit/api/types.ts";
import { shortFigure } from "@kit/desk/FigureCard.tsx";
import { SourceLabel } from "@kit/desk/SourceLabel.tsx";
import { Term } from "@kit/desk/Term.tsx";
import { useLanguage } from "@kit/i18n/language.ts";
import { useMetricWording } from "@kit/metrics/wording.ts";
import { Link } from "react-router";
import { useOpening } from "../hooks/useFigures.ts";
import styles from "./Home.module.css";

function Value({ figure, headline }: { figure: Figure; headline?: boolean }) {
  const language = useLanguage();
  const to = useOpening(figure);
  const { why } = useMetricWording();
  if (figure.value === null) {
    return (
      <span className={styles.termValue}>
        <SourceLabel why={why(figure, figure.key) ?? ""} />
      </span>
    );
  }
  const className = `${styles.termValue} ${headline ? styles.headline : ""}`;
  const text = shortFigure(figure.value, figure.unit, language);
  return to ? (
    <Link to={to} className={className}>
      {text}
    </Link>
  ) : (
    <span className={className}>{text}</span>
  );
}

function Factor({ figure, headline }: { figure: Figure; headline?: boolean }) {
  const { name, definition } = useMetricWording();
  return (
    <div className={styles.term}>
      <span className={styles.termName}>
        <Term means={definition(figure)}>{name(figure)}</Term>
      </span>
      <Value figure={figure} headline={headline} />
    </div>
  );
}

type EquationProps = { result: Figure; terms: Figure[]; sign: string; lead?: boolean };

function Equation({ result, terms, sign, lead }: EquationProps) {
  return (
    <div className={`${styles.equation} ${lead ? styles.lead : ""}`}>
      <div className={styles.terms}>
        <Factor figure={result} headline />
        {terms.map((term, index) => (
          <div key={term.key} className={styles.signed}>
            <span className={styles.operator}>{index === 0 ? "=" : sign}</span>
            <Factor figure={term} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** What everything serves: the order rate, and what the sales multiply from. */
export function NorthStar({ dashboard }: { dashboard: Dashboard }) {
  const { north_star: star, figures } = dashboard;
  const find = (key: string) => figures.find((figure) => figure.key === key);
  const found = (keys: string[]) => keys.flatMap((key) => find(key) ?? []);
  const rate = find(star.rate);
  const sales = find(star.sales);
  return (
    <section className={styles.north}>
      {rate && (
        <Equation result={rate} terms={found([star.numerator, star.denominator])} sign="÷" lead />
      )}
      {sales && <Equation result={sales} terms={found(star.factors)} sign="×" />}
    </section>
  );
}
