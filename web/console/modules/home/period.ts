import { dayBefore } from "@kit/format/time.ts";
import type { Period } from "./api.ts";

export const SPANS = ["today", "7", "30"] as const;
export type Span = (typeof SPANS)[number];

export function spanOf(value: string | undefined): Span {
  return SPANS.find((one) => one === value) ?? "today";
}

/** The days of a span, today included. */
export function periodOf(span: Span, now = new Date()): Period {
  const days = span === "today" ? 1 : Number(span);
  return { from: dayBefore(days - 1, now), to: dayBefore(0, now) };
}
