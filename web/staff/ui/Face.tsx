import { CHART_SERIES } from "@kit/theme/tokens.ts";
import css from "./ui.module.css";

/** The same name always gets the same ground. */
export function groundOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997;
  return CHART_SERIES[sum % CHART_SERIES.length] ?? "var(--jade)";
}

/** A portrait, or the first letter of the name; the name itself stands beside it. */
export function Face({
  name,
  url,
  size = 44,
}: {
  name: string;
  url?: string | null;
  size?: number;
}) {
  if (url) return <img className={css.face} src={url} alt="" width={size} height={size} />;
  return (
    <span
      className={css.face}
      aria-hidden="true"
      style={{ width: size, height: size, fontSize: size * 0.42, background: groundOf(name) }}
    >
      {[...name][0] ?? "?"}
    </span>
  );
}
