import type { Has } from "@kit/api/types.ts";
import { describe, expect, it } from "vitest";
import type { Rule } from "../../rule/language.ts";
import { leavesOf, treeOf } from "../../rule/tree.ts";
import { marksOf } from "./marks.ts";

const MILK: Has = { kind: "names", texts: ["奶粉"] };
const TAG: Rule = { kind: "tags", tag_ids: [1] };
const OTHER: Rule = { kind: "audience", audience_id: 2 };

describe("what speaks for a person", () => {
  it("is what holds, and below “none of” what does not", () => {
    const tree = treeOf({ kind: "all", items: [TAG, { kind: "none", items: [OTHER] }] });
    const marks = marksOf(
      {
        path: "rule",
        holds: true,
        says: "",
        items: [
          { path: "rule.items[0]", holds: true, says: "", has: MILK },
          {
            path: "rule.items[1]",
            holds: true,
            says: "",
            items: [
              {
                path: "rule.items[1].items[0]",
                holds: false,
                says: "",
                items: [{ path: "rule.items[1].items[0].rule", holds: false, says: "" }],
              },
            ],
          },
        ],
      },
      tree,
    );
    const told = leavesOf(tree).map(({ id }) => marks.get(id));
    expect(told).toEqual([
      { holds: true, good: true, has: MILK },
      { holds: false, good: true, has: undefined },
    ]);
  });
});
