import { useText } from "@kit/i18n/messages.ts";
import { DatePicker, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import type { Span } from "../../rule/language.ts";
import styles from "./Editors.module.css";
import { toLocal, toMoment } from "./moments.ts";
import { editorWords } from "./words.ts";

const SHAPES = ["any", "last", "older", "between", "absolute"] as const;
type Shape = (typeof SHAPES)[number];

const MOST = 100_000;

const BEGINNING: Record<Shape, Span | null> = {
  any: null,
  last: { last: 30, unit: "day" },
  older: { older: 60, unit: "day" },
  between: { last: 60, older: 30, unit: "day" },
  absolute: { since: null, until: null },
};

function shapeOf(span: Span | null | undefined): Shape {
  if (!span) return "any";
  if (span.last && span.older) return "between";
  if (span.last) return "last";
  return span.older ? "older" : "absolute";
}

type SpanEditorProps = {
  value: Span | null | undefined;
  onChange: (span: Span | null) => void;
  label: string;
  /** Whether the time may be left open. */
  optional?: boolean;
};

/** A stretch of time: as of now, or between days. */
export function SpanEditor({ value, onChange, label, optional = false }: SpanEditorProps) {
  const t = useText(editorWords);
  const shape = shapeOf(value);
  const span = value ?? {};
  const unit = span.unit ?? "day";

  function count(name: "last" | "older") {
    return (
      <InputNumber
        aria-label={`${label} ${t.spans[name]}`}
        min={1}
        max={MOST}
        precision={0}
        style={{ width: 84 }}
        value={span[name] ?? undefined}
        onChange={(count) => count && onChange({ ...span, [name]: count })}
      />
    );
  }

  function day(name: "since" | "until") {
    return (
      <DatePicker
        aria-label={`${label} ${t[name]}`}
        showTime={{ format: "HH:mm" }}
        format="YYYY-MM-DD HH:mm"
        value={span[name] ? dayjs(toLocal(span[name])) : null}
        onChange={(moment) =>
          onChange({
            ...span,
            [name]: moment ? toMoment(moment.format("YYYY-MM-DDTHH:mm")) : null,
          })
        }
      />
    );
  }

  return (
    <div className={styles.inline}>
      <Select
        aria-label={label}
        style={{ width: 116 }}
        value={shape}
        options={SHAPES.filter((one) => optional || one !== "any").map((one) => ({
          value: one,
          label: t.spans[one],
        }))}
        onChange={(next) => onChange(structuredClone(BEGINNING[next]))}
      />
      {shape === "between" && (
        <>
          {t.from} {count("last")} {t.to}
        </>
      )}
      {(shape === "last" || shape === "older" || shape === "between") && (
        <>
          {count(shape === "last" ? "last" : "older")}
          <Select
            aria-label={`${label} ${t.when}`}
            style={{ width: 80 }}
            value={unit}
            options={(["day", "hour"] as const).map((one) => ({ value: one, label: t.units[one] }))}
            onChange={(next) => onChange({ ...span, unit: next })}
          />
          {shape === "last" ? t.within : shape === "older" ? t.ago : t.before}
        </>
      )}
      {shape === "absolute" && (
        <>
          {t.since} {day("since")} {t.until} {day("until")}
        </>
      )}
    </div>
  );
}
