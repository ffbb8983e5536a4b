import { describe, expect, it } from "vitest";
import { isComplete } from "./complete.ts";
import { TEMPLATE_KEYS, templateRule } from "./templates.ts";
import { leavesOf, treeOf } from "./tree.ts";

const FIELDS = [
  { id: 1, name: "会员日", kind: "date" as const, options: [] },
  { id: 2, name: "宝宝生日", kind: "date" as const, options: [] },
];

describe("templates of the trade", () => {
  it.each(TEMPLATE_KEYS)("%s can be asked at once", (key) => {
    const rule = templateRule(key, FIELDS);
    expect(rule && leavesOf(treeOf(rule)).every(({ condition }) => isComplete(condition))).toBe(
      true,
    );
  });

  it("find the birthday among the dates, and need one", () => {
    expect(templateRule("birthday", FIELDS)).toMatchObject({ items: [{}, { field_id: 2 }] });
    expect(templateRule("birthday", FIELDS.slice(0, 1))).toMatchObject({
      items: [{}, { field_id: 1 }],
    });
    expect(templateRule("birthday", [])).toBeNull();
  });

  it("never share their parts: editing one leaves the template as it was", () => {
    expect(templateRule("best", [])).not.toBe(templateRule("best", []));
  });
});
