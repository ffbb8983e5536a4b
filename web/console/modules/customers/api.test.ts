import { describe, expect, it } from "vitest";
import { filtersOf, orderOf, partsOf, type Rule, ruleIn, ruleOf, withoutPart } from "./api.ts";

describe("customer filters in the address", () => {
  it("turns ids into numbers", () => {
    expect(filtersOf({ q: "妈妈", tag: "7", staff: "3", state: "lost" })).toMatchObject({
      q: "妈妈",
      tag: [7],
      staff: 3,
      state: "lost",
    });
  });

  it("drops what no customer could match", () => {
    const filters = filtersOf({ tag: "x", staff: "-1", channel: "1.5", state: "nonsense" });
    expect(Object.values(filters).every((value) => value === undefined)).toBe(true);
  });
});

describe("the order of the list in the address", () => {
  it("is one that there is, or the usual one", () => {
    expect(orderOf({ order: "last_paid" })).toBe("last_paid");
    expect(orderOf({ order: "name" })).toBeUndefined();
    expect(orderOf({})).toBeUndefined();
  });
});

describe("customer filters as a rule", () => {
  it("says the same as the list", () => {
    const rule = { kind: "attribute", name: "orders", op: "ge", number: 2 };
    expect(ruleOf({ tag: [7], staff: 3, state: "lost", rule: JSON.stringify(rule) })).toEqual({
      kind: "all",
      items: [
        { kind: "contact", staff_account_ids: [3], states: ["lost"] },
        { kind: "none", items: [{ kind: "contact", states: ["active"] }] },
        { kind: "tags", tag_ids: [7], mode: "any", past: true },
        rule,
      ],
    });
  });
});

describe("conditions of the list, one by one", () => {
  const [bought, tagged] = [
    { kind: "attribute", name: "orders", op: "ge", number: 2 },
    { kind: "tags", tag_ids: [7] },
  ] as Rule[];
  const both = { kind: "all", items: [bought, tagged] } as Rule;

  it("takes one away and leaves the others", () => {
    expect(partsOf(both)).toEqual([bought, tagged]);
    expect(ruleIn(withoutPart(both, 0))).toEqual({ kind: "all", items: [tagged] });
    expect(withoutPart({ kind: "all", items: [bought] } as Rule, 0)).toBe("");
  });

  it("keeps together what holds together", () => {
    const either = { kind: "any", items: [bought, tagged] } as Rule;
    expect(partsOf(either)).toEqual([either]);
    expect(withoutPart(either, 0)).toBe("");
  });
});
