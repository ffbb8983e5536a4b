import type { LatestFact } from "@kit/api/types.ts";
import { describe, expect, it } from "vitest";
import { withLatest } from "./latest.ts";

function fact(id: string, at: string): LatestFact {
  return {
    id,
    type: "contact.added",
    title: "添加好友",
    occurred_at: `2026-11-21T02:00:${at}Z`,
    staff_account_id: null,
    staff_name: null,
    customer_id: 1,
    customer_name: "豆豆妈妈",
    avatar_url: null,
    material_id: null,
    material_title: null,
    properties: {},
  };
}

const ids = (facts: LatestFact[]) => facts.map(({ id }) => id);

describe("what happened last", () => {
  it("stands newest first, each once, however often it is told", () => {
    const found = [fact("c", "30"), fact("a", "10")];
    expect(ids(withLatest(found, fact("b", "20")))).toEqual(["c", "b", "a"]);
    expect(ids(withLatest(found, fact("c", "30")))).toEqual(["c", "a"]);
    expect(ids(withLatest(undefined, fact("c", "30")))).toEqual(["c"]);
  });

  it("is not kept for ever", () => {
    const many = Array.from({ length: 50 }, (_, index) => fact(String(index), "10"));
    const after = many.reduce<LatestFact[]>((facts, one) => withLatest(facts, one), []);
    expect(after).toHaveLength(30);
  });
});
