import { expect, it } from "vitest";
import { isDenied, type Rule } from "./language.ts";

const inAudience = (audience_id: number): Rule => ({ kind: "audience", audience_id });

it("what lies below “none of” speaks for a person when it does not hold", () => {
  const rule: Rule = {
    kind: "all",
    items: [
      inAudience(1),
      { kind: "none", items: [inAudience(2), { kind: "none", items: [inAudience(3)] }] },
    ],
  };
  expect(isDenied(rule, "rule.items[0]")).toBe(false);
  expect(isDenied(rule, "rule.items[1]")).toBe(false);
  expect(isDenied(rule, "rule.items[1].items[0]")).toBe(true);
  expect(isDenied(rule, "rule.items[1].items[1].items[0]")).toBe(false);
  expect(isDenied(inAudience(1), "rule")).toBe(false);
});
