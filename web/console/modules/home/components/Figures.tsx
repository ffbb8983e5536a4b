import type { Figure } from "@kit/api/types.ts";
import { FigureCard, shortFigure } from "@kit/desk/FigureCard.tsx";
import { SourceLabel } from "@kit/desk/SourceLabel.tsx";
import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMetricWording } from "@kit/metrics/wording.ts";
import { useOpening } from "../hooks/useFigures.ts";
import { homeWords } from "../words.ts";
import styles from "./Home.module.css";
import { Sparkline } from "./Sparkline.tsx";

/** In which order the figures stand; those of the north star stand above them. */
const GROUPS = {
  traffic: ["exposed", "clicked", "readers", "click_rate", "shared", "active_customers"],
  friends: ["added", "new_customers", "readded", "lost", "first_day_churn"],
  welcome: ["welcomes_sent", "welcome_success", "welcome_p99_seconds"],
  sales: ["orders", "attributed_gmv_fen", "unattributed_gmv_fen", "cost_fen", "roi"],
} as const;

function Parts({ figure }: { figure: Figure }) {
  const language = useLanguage();
  const { part: name, why } = useMetricWording();
  return (
    <span className={styles.parts}>
      {figure.parts.map((part) => (
        <span key={part.key}>
          {name(part)}{" "}
          {part.value === null ? (
            <SourceLabel why={why(part) ?? ""} />
          ) : (
            shortFigure(part.value, figure.unit, language)
          )}
        </span>
      ))}
    </span>
  );
}

function Card({ figure, compared }: { figure: Figure; compared: string }) {
  const t = useText(homeWords);
  const wording = useMetricWording();
  const note = wording.note(figure);
  const to = useOpening(figure);
  return (
    <FigureCard
      name={wording.name(figure)}
      definition={
        <>
          {wording.definition(figure)}
          {note && <p>{note}</p>}
          <p>{t.source(wording.source(figure))}</p>
        </>
      }
      unit={figure.unit}
      value={figure.value}
      missing={wording.why(figure, figure.key)}
      compare={figure.previous === null ? undefined : { value: figure.previous, label: compared }}
      goodWhenLow={figure.good_when_low}
      to={to}
      foot={
        <>
          {figure.parts.length > 0 && <Parts figure={figure} />}
          <Sparkline values={figure.series.map((point) => point.value)} />
        </>
      }
    />
  );
}

export function Figures({ figures, compared }: { figures: Figure[]; compared: string }) {
  const t = useText(homeWords);
  return Object.entries(GROUPS).map(([group, keys]) => {
    const shown = keys.flatMap((key) => figures.find((figure) => figure.key === key) ?? []);
    return (
      <section key={group}>
        <h2 className={styles.group}>{t.groups[group as keyof typeof GROUPS]}</h2>
        <div className={styles.figures}>
          {shown.map((figure) => (
            <Card key={figure.key} figure={figure} compared={compared} />
          ))}
        </div>
      </section>
    );
  });
}
