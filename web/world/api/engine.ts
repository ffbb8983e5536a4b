import { ask, list } from "./ask.ts";

export type Clock = {
  now: number;
  mode: "running" | "stepped";
  speed: number;
  next: number | null;
  quiet: boolean;
};
export type Life = {
  id: string;
  status: "running" | "done" | "stopped";
  people: number;
  days: number;
  seed: number;
  began: number;
  ends: number;
  acts: Record<string, number>;
};
export type NewLife = { people: number; days: number; seed: number | null; speed: number };

export const CALL_FAULTS = [
  "quota",
  "crowd",
  "busy",
  "slow",
  "cut_before",
  "cut_after",
  "token",
] as const;
export const LETTER_FAULTS = ["dropped", "doubled", "swapped", "delayed"] as const;
export const DAILY_FAULTS = ["secrets_per_day", "revocations_per_day"] as const;

export type Rates = Partial<Record<(typeof CALL_FAULTS)[number], number>>;
export type Faults = { seed: number; all: Rates; endpoints: Record<string, Rates> } & Record<
  (typeof LETTER_FAULTS)[number] | (typeof DAILY_FAULTS)[number],
  number
>;

/** How the world moves: its clock, who lives in it, what goes wrong. */
export const engine = {
  clock: () => ask<Clock>("GET", "/clock"),
  setClock: (mode: Clock["mode"], speed: number) => ask<Clock>("PUT", "/clock", { mode, speed }),
  step: (until: number) => ask<Clock>("POST", "/clock/step", { until }),
  push: (seconds: number) => ask<{ now: number }>("POST", "/admin/clock", { seconds }),
  lives: () => list<Life>("/life"),
  live: (life: NewLife) => ask<Life>("POST", "/life", life),
  stopLife: (id: string) => ask<Life>("POST", `/life/${id}/stop`),
  faults: () => ask<Faults | null>("GET", "/faults"),
  fail: (plan: Faults) => ask<Faults>("PUT", "/faults", plan),
  mend: () => ask<null>("DELETE", "/faults"),
};
