import type { LatestFact } from "@kit/api/types.ts";

/** How many facts stand on the home page. */
export const KEPT = 30;

/** The facts with one more at its place in time, each once. */
export function withLatest(facts: LatestFact[] | undefined, fact: LatestFact): LatestFact[] {
  const others = (facts ?? []).filter((one) => one.id !== fact.id);
  const later = others.findIndex((one) => one.occurred_at <= fact.occurred_at);
  others.splice(later < 0 ? others.length : later, 0, fact);
  return others.slice(0, KEPT);
}
