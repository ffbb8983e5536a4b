import { describe, expect, it } from "vitest";
import { differencesOf } from "./differences.ts";
import type { Rule } from "./language.ts";

const TAG: Rule = { kind: "tags", tag_ids: [1], mode: "wecom" };
const GROUPS: Rule = { kind: "groups", mode: "any" };

describe("what changed between two versions", () => {
  it("names what came and what went", () => {
    const found = differencesOf({ kind: "all", items: [TAG] }, { kind: "all", items: [GROUPS] });
    expect(found).toEqual({ added: [GROUPS], removed: [TAG], regrouped: false });
  });

  it("sees no difference in how the same is written", () => {
    const same: Rule = { tag_ids: [1], kind: "tags", mode: "wecom" };
    const found = differencesOf({ kind: "all", items: [TAG] }, { kind: "all", items: [same] });
    expect(found).toEqual({ added: [], removed: [], regrouped: false });
  });

  it("sees that the same conditions are joined in another way", () => {
    const found = differencesOf(
      { kind: "all", items: [TAG, GROUPS] },
      { kind: "any", items: [TAG, GROUPS] },
    );
    expect(found).toEqual({ added: [], removed: [], regrouped: true });
  });

  it("counts a condition that stands twice", () => {
    const found = differencesOf({ kind: "all", items: [TAG] }, { kind: "all", items: [TAG, TAG] });
    expect(found.added).toEqual([TAG]);
  });
});
