import { describe, expect, it } from "vitest";
import { ALL, CALM, percent, ratesOf, sprinkled, without, withRates } from "./plan.ts";

const PATH = "/cgi-bin/externalcontact/get";

describe("a plan of faults", () => {
  it("holds for all endpoints, or for one of its own", () => {
    const plan = withRates(withRates(CALM, ALL, { busy: 0.1 }), PATH, { quota: 0.5 });
    expect(ratesOf(plan, ALL)).toEqual({ busy: 0.1 });
    expect(ratesOf(plan, PATH)).toEqual({ quota: 0.5 });
    expect(without(plan, PATH).endpoints).toEqual({});
  });

  it("shows chances as percents without dust", () => {
    expect(percent(0.07)).toBe(7);
    expect(percent(0.0123)).toBe(1.23);
    expect(percent(undefined)).toBe(0);
  });

  it("sprinkles within what the world allows", () => {
    const { all } = sprinkled(CALM);
    const sum = Object.values(all).reduce((one, other) => one + other, 0);
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThanOrEqual(1);
  });
});
