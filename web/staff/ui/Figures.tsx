import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMetricWording } from "@kit/metrics/wording.ts";
import { Dialog } from "antd-mobile";
import type { Numbers, OwnFigure } from "../api/types.ts";
import { words } from "../words.ts";
import { formatFigure } from "./format.ts";
import css from "./ui.module.css";

const COLUMNS = 3;

function One({ figure }: { figure: OwnFigure }) {
  const text = useText(words);
  const language = useLanguage();
  const shown = formatFigure(figure.figure.value, figure.unit, language);
  const { name, definition, why } = useMetricWording();
  const explain = () =>
    void Dialog.alert({
      title: name(figure),
      content: [definition(figure), why(figure.figure, figure.key)].filter(Boolean).join(" "),
    });
  return (
    <button type="button" className={css.figure} onClick={explain}>
      <strong>{shown ?? "—"}</strong>
      <span className={css.soft}>
        {name(figure)}
        {shown === null && ` · ${text.unknown}`}
      </span>
    </button>
  );
}

/** My figures; a tap says how each is defined. */
export function Figures({ numbers }: { numbers: Numbers }) {
  const text = useText(words);
  const language = useLanguage();
  const rest = (COLUMNS - (numbers.figures.length % COLUMNS)) % COLUMNS;
  if (numbers.figures.length === 0) {
    const why = language === "zh" ? numbers.why_unknown : null;
    return <p className={css.warning}>{why ?? text.away}</p>;
  }
  return (
    <div className={css.figures}>
      {numbers.figures.map((figure) => (
        <One key={figure.key} figure={figure} />
      ))}
      {rest > 0 && <span className={css.filler} style={{ gridColumn: `span ${rest}` }} />}
    </div>
  );
}
