import { describe, expect, it } from "vitest";
import { filtersOf, leftOutOf, mayHoldStrangers, type Rule, ruleIn, ruleOf } from "./api.ts";

describe("people without a friendship", () => {
  it("are asked for beside the usual list, unless that could have none", () => {
    expect(leftOutOf(filtersOf({ q: "王芳" }))).toMatchObject({ q: "王芳", state: "none" });
    for (const values of [{ state: "lost" }, { imported: "3" }, { staff: "7" }, { channel: "2" }]) {
      expect(leftOutOf(filtersOf(values))).toBeUndefined();
    }
  });

  it("can be in no audience", () => {
    expect(mayHoldStrangers(filtersOf({ state: "none" }))).toBe(true);
    expect(mayHoldStrangers(filtersOf({ imported: "3" }))).toBe(true);
    expect(mayHoldStrangers(filtersOf({ state: "active", q: "王" }))).toBe(false);
  });
});

describe("a list that is saved again and again", () => {
  it("is not wrapped once more each time", () => {
    const rule = { kind: "attribute", name: "orders", op: "ge", number: 2 } as Rule;
    let saved = ruleOf({ rule: JSON.stringify(rule) });
    for (let times = 0; times < 3; times++) saved = ruleOf({ rule: JSON.stringify(saved) });
    expect(ruleIn(JSON.stringify(saved))).toEqual({ kind: "all", items: [rule] });
  });
});
