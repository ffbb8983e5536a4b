import type { Customer } from "@kit/api/types.ts";

export type Readings = { times: number; last_at: string | null };

const NONE: Readings = { times: 0, last_at: null };

/** How often a customer read something, as the panel of that name tells it. */
export function readingsOf({ panels }: Customer): Readings {
  const found = panels.readings;
  return typeof found === "object" && found !== null ? { ...NONE, ...found } : NONE;
}
