import { formatCount, formatDuration, formatMoneyShort, formatRate } from "@kit/format/numbers.ts";
import type { Language } from "@kit/i18n/language.ts";
import type { Unit } from "../api/types.ts";

/** A figure with its unit as the phone writes it; null when it is not known. */
export function formatFigure(value: number | null, unit: Unit, language: Language): string | null {
  if (value === null) return null;
  if (unit === "fen") return formatMoneyShort(value, language);
  if (unit === "ratio") return formatRate(value);
  if (unit === "seconds") return formatDuration(value, language);
  return formatCount(value);
}
