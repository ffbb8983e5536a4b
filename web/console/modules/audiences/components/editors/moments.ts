import { formatMoment } from "@kit/format/time.ts";

/** A moment as the tenant's clock shows it: 2026-11-21T09:30. */
export function toLocal(moment: string | Date): string {
  return formatMoment(moment).replace(" ", "T");
}

/** The moment at which the tenant's clock shows this (the later one where clocks were put back). */
export function toMoment(local: string): string {
  const wanted = Date.parse(`${local}:00Z`);
  let guess = wanted;
  // The second look is at the zone's offset of the day found, not of the same hour in UTC.
  for (const _ of [1, 2]) guess += wanted - Date.parse(`${toLocal(new Date(guess))}:00Z`);
  return new Date(guess).toISOString();
}
