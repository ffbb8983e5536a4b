import ui from "../ui/ui.module.css";
import css from "./engine.module.css";

/** A number to type, with its name before it; what is no number counts as 0. */
export function Num({
  label,
  value,
  max,
  step = 1,
  onChange,
}: {
  label: string;
  value: number;
  max?: number;
  step?: number | "any";
  onChange: (value: number) => void;
}) {
  return (
    <label className={css.num}>
      <span>{label}</span>
      <input
        type="number"
        className={ui.input}
        min={0}
        max={max}
        step={step}
        value={value}
        onChange={(event) => onChange(event.target.valueAsNumber || 0)}
      />
    </label>
  );
}
