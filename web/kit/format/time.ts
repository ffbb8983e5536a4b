import type { Language } from "../i18n/language.ts";

/** The zone of the tenant; set once from the session. Everything on screen is told in it. */
let zone = "Asia/Shanghai";

export function setTimeZone(next: string): void {
  zone = next;
}

type Parts = { year: string; month: string; day: string; hour: string; minute: string };

function partsOf(at: Date): Parts {
  const found: Record<string, string> = {};
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  for (const part of format.formatToParts(at)) found[part.type] = part.value;
  return found as Parts;
}

/** 2026-11-21 */
export function formatDay(moment: string | Date): string {
  const { year, month, day } = partsOf(new Date(moment));
  return `${year}-${month}-${day}`;
}

/** 2026-11-21 09:30 */
export function formatMoment(moment: string | Date): string {
  const { hour, minute } = partsOf(new Date(moment));
  return `${formatDay(moment)} ${hour}:${minute}`;
}

function dayNumber(at: Date): number {
  return Math.round(Date.parse(`${formatDay(at)}T00:00:00Z`) / 86_400_000);
}

/** Near now in words (刚刚, 5分钟前, 今天 09:30, 昨天 21:04), further away as a date. */
export function formatRelative(
  moment: string | Date,
  language: Language,
  now = new Date(),
): string {
  const at = new Date(moment);
  const { year, month, day, hour, minute } = partsOf(at);
  const seconds = (now.getTime() - at.getTime()) / 1000;
  const zh = language === "zh";
  if (seconds >= 0 && seconds < 60) return zh ? "刚刚" : "just now";
  if (seconds >= 60 && seconds < 3600) {
    const minutes = Math.floor(seconds / 60);
    return zh ? `${minutes}分钟前` : `${minutes} min ago`;
  }
  const days = dayNumber(now) - dayNumber(at);
  const clock = `${hour}:${minute}`;
  if (days === 0) return zh ? `今天 ${clock}` : `today ${clock}`;
  if (days === 1) return zh ? `昨天 ${clock}` : `yesterday ${clock}`;
  if (days === -1) return zh ? `明天 ${clock}` : `tomorrow ${clock}`;
  if (year === partsOf(now).year) return `${month}-${day} ${clock}`;
  return `${year}-${month}-${day}`;
}

/** The day `days` before `from` in the tenant's zone, as 2026-11-21. */
export function dayBefore(days: number, from = new Date()): string {
  return formatDay(new Date(from.getTime() - days * 86_400_000));
}
