import type { Language } from "../i18n/language.ts";

const WHOLE = new Intl.NumberFormat("zh-CN");
const ONE_PLACE = new Intl.NumberFormat("zh-CN", { maximumFractionDigits: 1 });
const TWO_PLACES = new Intl.NumberFormat("zh-CN", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** 1234 → 1,234. */
export function formatCount(count: number): string {
  return WHOLE.format(count);
}

/** For tight places: 123,456 → 12.3万 in Chinese, 123.5K in English; small numbers stay exact. */
export function formatShort(count: number, language: Language): string {
  const size = Math.abs(count);
  if (size < 10_000) return WHOLE.format(count);
  if (language === "en") {
    return size < 1_000_000
      ? `${ONE_PLACE.format(count / 1_000)}K`
      : `${ONE_PLACE.format(count / 1_000_000)}M`;
  }
  return size < 100_000_000
    ? `${ONE_PLACE.format(count / 10_000)}万`
    : `${ONE_PLACE.format(count / 100_000_000)}亿`;
}

/** Integer fen → ¥1,234.50. */
export function formatMoney(fen: number): string {
  return `${fen < 0 ? "-" : ""}¥${TWO_PLACES.format(Math.abs(fen) / 100)}`;
}

/** Integer fen for tight places: ¥12.3万. Below 100,000 yuan it stays exact. */
export function formatMoneyShort(fen: number, language: Language): string {
  const yuan = fen / 100;
  return Math.abs(yuan) < 100_000 ? formatMoney(fen) : `¥${formatShort(yuan, language)}`;
}

/** A share between 0 and 1 → 12.3%. */
export function formatRate(share: number): string {
  return `${ONE_PLACE.format(share * 100)}%`;
}

/** Seconds → 45秒 · 3分20秒 · 2小时5分. */
export function formatDuration(seconds: number, language: Language): string {
  const units = language === "zh" ? ["小时", "分", "秒"] : ["h ", "m ", "s"];
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = whole % 60;
  const parts: string[] = [];
  if (hours) parts.push(`${hours}${units[0]}`);
  if (minutes) parts.push(`${minutes}${units[1]}`);
  if (!hours && (rest || !minutes)) parts.push(`${rest}${units[2]}`);
  return parts.join("").trim();
}

/** How far a figure moved against an earlier one; null when there is nothing to compare with. */
export function changeOf(now: number, before: number): number | null {
  if (before === 0) return now === 0 ? 0 : null;
  return (now - before) / Math.abs(before);
}
