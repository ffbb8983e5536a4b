import { formatCount, formatDuration, formatMoneyShort, formatRate } from "@kit/format/numbers.ts";
import { formatRelative } from "@kit/format/time.ts";
import type { Language } from "@kit/i18n/language.ts";
import type { Unit } from "../api/types.ts";

/** How long ago, for a moment that may be a little ahead of a clock told every ten seconds. */
export function ago(moment: string, language: Language, now: number): string {
  return formatRelative(moment, language, new Date(Math.max(now, Date.parse(moment))));
}

/** A figure with its unit as the phone writes it; null when it is not known. */
export function formatFigure(value: number | null, unit: Unit, language: Language): string | null {
  if (value === null) return null;
  if (unit === "fen") return formatMoneyShort(value, language);
  if (unit === "ratio") return formatRate(value);
  if (unit === "seconds") return formatDuration(value, language);
  return formatCount(value);
}
