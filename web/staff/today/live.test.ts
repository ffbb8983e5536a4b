import type { LiveFact } from "@kit/realtime/events.ts";
import { describe, expect, it } from "vitest";
import type { Today } from "../api/types.ts";
import { pauseAfter, stillReading, withFact } from "./live.ts";

const quiet: Today = {
  now: "2026-11-21T02:00:00Z",
  new_friends: [],
  readings: [],
  numbers: { figures: [], as_of: null, why_unknown: null },
};

function fact(type: string, properties: Record<string, unknown>): LiveFact {
  return {
    id: "1",
    type,
    title: "浏览素材",
    occurred_at: "2026-11-21T02:00:05Z",
    staff_account_id: 1,
    staff_name: "林晓月",
    customer_id: 7,
    customer_name: "豆豆妈妈",
    avatar_url: null,
    material_id: 3,
    material_title: "辅食怎么加",
    properties,
  };
}

describe("figures of today", () => {
  const withLag = (lag_seconds: number): Today => ({
    ...quiet,
    numbers: { ...quiet.numbers, as_of: { at: quiet.now, lag_seconds } },
  });

  it("are asked for again soon while facts have not reached them", () => {
    expect(pauseAfter(withLag(0.4))).toBeLessThan(2_000);
    expect(pauseAfter(withLag(0))).toBeGreaterThan(10_000);
    expect(pauseAfter(undefined)).toBeGreaterThan(10_000);
  });
});

describe("readings as they happen", () => {
  const begun = withFact(quiet, fact("material.viewed", { visit_id: 9, forwarded: true }));

  it("shows a reading at once", () => {
    expect(begun.readings[0]).toMatchObject({
      customer_name: "豆豆妈妈",
      title: "辅食怎么加",
      forwarded: true,
    });
    expect(stillReading(begun.readings[0] as never, Date.parse("2026-11-21T02:00:20Z"))).toBe(true);
  });

  it("shows the same visit once, however often it is told", () => {
    const again = withFact(begun, fact("material.viewed", { visit_id: 9 }));
    expect(again.readings).toHaveLength(1);
  });

  it("counts on and never back", () => {
    const on = withFact(begun, fact("material.read", { visit_id: 9, seconds: 30, depth: 60 }));
    const late = withFact(on, fact("material.read", { visit_id: 9, seconds: 10, depth: 80 }));
    expect(late.readings[0]).toMatchObject({ seconds: 30, depth: 80 });
  });

  it("is no longer reading after a while", () => {
    const reading = begun.readings[0];
    expect(reading && stillReading(reading, Date.parse("2026-11-21T02:02:00Z"))).toBe(false);
  });
});
