import { CALL_FAULTS, type Faults, LETTER_FAULTS, type Rates } from "../api/engine.ts";

/** The scope that holds for every endpoint without rates of its own. */
export const ALL = "";

export const CALM: Faults = {
  seed: 1,
  all: {},
  endpoints: {},
  dropped: 0,
  doubled: 0,
  swapped: 0,
  delayed: 0,
  secrets_per_day: 0,
  revocations_per_day: 0,
};

const A_LITTLE = 0.02;

/** A chance as percents, without the dust of binary fractions. */
export function percent(chance: number | undefined): number {
  return Math.round((chance ?? 0) * 10_000) / 100;
}

export function ratesOf(plan: Faults, scope: string): Rates {
  return scope === ALL ? plan.all : (plan.endpoints[scope] ?? {});
}

/** The plan with other rates for all endpoints, or for one. */
export function withRates(plan: Faults, scope: string, rates: Rates): Faults {
  if (scope === ALL) return { ...plan, all: rates };
  return { ...plan, endpoints: { ...plan.endpoints, [scope]: rates } };
}

/** The plan in which an endpoint meets what all others meet. */
export function without(plan: Faults, scope: string): Faults {
  const { [scope]: _, ...endpoints } = plan.endpoints;
  return { ...plan, endpoints };
}

/** Two in a hundred of everything. */
export function sprinkled(plan: Faults): Faults {
  const all = Object.fromEntries(CALL_FAULTS.map((name) => [name, A_LITTLE]));
  const letters = Object.fromEntries(LETTER_FAULTS.map((name) => [name, A_LITTLE]));
  return { ...plan, ...letters, all: { ...plan.all, ...all } };
}
