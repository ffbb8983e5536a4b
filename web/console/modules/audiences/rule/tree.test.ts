import { describe, expect, it } from "vitest";
import type { Condition, Rule } from "./language.ts";
import {
  countedOf,
  depthOf,
  type Group,
  groupOf,
  isGroup,
  leafOf,
  leavesOf,
  moved,
  nodeAt,
  ruleOf,
  shifted,
  treeOf,
  unwrapped,
  withAdded,
  withCondition,
  withCopy,
  withMode,
  without,
  wrapped,
} from "./tree.ts";

function tag(id: number): Condition {
  return { kind: "tags", tag_ids: [id] };
}

const RULE: Rule = {
  kind: "all",
  items: [tag(1), { kind: "any", items: [tag(2), tag(3)] }, tag(4)],
};

/** The tree in one line: all(1 any(2 3) 4). */
function line(tree: Group): string {
  const items = tree.items.map((item) => {
    if (isGroup(item)) return line(item);
    return item.condition.kind === "tags" ? item.condition.tag_ids.join("+") : item.condition.kind;
  });
  return `${tree.mode}(${items.join(" ")})`;
}

function setUp() {
  const tree = treeOf(RULE);
  const id = (tagId: number) =>
    leavesOf(tree).find(({ condition }) => "tag_ids" in condition && condition.tag_ids[0] === tagId)
      ?.id ?? "";
  const inner = tree.items.find(isGroup)?.id ?? "";
  return { tree, id, inner };
}

describe("a rule as a tree", () => {
  it("says the same rule again", () => {
    expect(ruleOf(treeOf(RULE))).toEqual(RULE);
  });

  it("puts a single condition into a group to which more can be added", () => {
    expect(ruleOf(treeOf(tag(1)))).toEqual({ kind: "all", items: [tag(1)] });
  });

  it("names every node differently", () => {
    const ids = leavesOf(setUp().tree).map((leaf) => leaf.id);
    expect(new Set(ids).size).toBe(4);
  });

  it("counts groups inside each other", () => {
    expect(depthOf(setUp().tree)).toBe(2);
    expect(depthOf(groupOf("all"))).toBe(1);
  });

  it("leaves out what is not finished, and groups that hold nothing else", () => {
    const { tree, inner } = setUp();
    const begun = withAdded(tree, inner, leafOf({ kind: "tags", tag_ids: [] }));
    const finished = (condition: Condition) =>
      condition.kind !== "tags" || condition.tag_ids.length > 0;
    expect(ruleOf(countedOf(begun, finished))).toEqual(RULE);
    const alone = withAdded(tree, tree.id, groupOf("any", [leafOf({ kind: "tags", tag_ids: [] })]));
    expect(ruleOf(countedOf(alone, finished))).toEqual(RULE);
  });

  it("keeps an empty group that somebody left empty: it means something", () => {
    const rule: Rule = { kind: "all", items: [{ kind: "any", items: [] }] };
    expect(ruleOf(countedOf(treeOf(rule), () => true))).toEqual(rule);
  });

  it("finds what the server names by its place", () => {
    const { tree, id, inner } = setUp();
    expect(nodeAt(tree, "rule.items[1].items[0].tag_ids").id).toBe(id(2));
    expect(nodeAt(tree, "rule.items[1]").id).toBe(inner);
    expect(nodeAt(tree, "rule.items[9].values").id).toBe(tree.id);
    expect(nodeAt(tree, "rule").id).toBe(tree.id);
  });
});

describe("edits of a tree", () => {
  it("change one condition and leave everything beside it as it is", () => {
    const { tree, id } = setUp();
    const next = withCondition(tree, id(2), tag(9));
    expect(line(next)).toBe("all(1 any(9 3) 4)");
    expect(next.items[0]).toBe(tree.items[0]);
    expect(line(tree)).toBe("all(1 any(2 3) 4)");
  });

  it("change how a group joins, the root's as well", () => {
    const { tree, inner } = setUp();
    expect(line(withMode(tree, inner, "none"))).toBe("all(1 none(2 3) 4)");
    expect(line(withMode(tree, tree.id, "any"))).toBe("any(1 any(2 3) 4)");
  });

  it("add to the end of a group or at a place, and remove", () => {
    const { tree, id, inner } = setUp();
    expect(line(withAdded(tree, inner, leafOf(tag(7))))).toBe("all(1 any(2 3 7) 4)");
    expect(line(withAdded(tree, tree.id, leafOf(tag(7)), 0))).toBe("all(7 1 any(2 3) 4)");
    expect(line(without(tree, id(3)))).toBe("all(1 any(2) 4)");
    expect(line(without(tree, inner))).toBe("all(1 4)");
  });

  it("copy with new names", () => {
    const { tree, inner } = setUp();
    const next = withCopy(tree, inner);
    expect(line(next)).toBe("all(1 any(2 3) any(2 3) 4)");
    expect(new Set(leavesOf(next).map((leaf) => leaf.id)).size).toBe(6);
  });

  it("group and ungroup in place", () => {
    const { tree, id, inner } = setUp();
    expect(line(wrapped(tree, id(4), "any"))).toBe("all(1 any(2 3) any(4))");
    expect(line(unwrapped(tree, inner))).toBe("all(1 2 3 4)");
  });

  it("know nothing of a node that is gone", () => {
    const { tree } = setUp();
    expect(without(tree, "gone")).toBe(tree);
    expect(withCondition(tree, "gone", tag(1))).toBe(tree);
    expect(shifted(tree, "gone", 1)).toBe(tree);
  });
});

describe("moving", () => {
  it("goes before what stood at the place, within a group and between groups", () => {
    const { tree, id, inner } = setUp();
    expect(line(moved(tree, id(1), tree.id, 3))).toBe("all(any(2 3) 4 1)");
    expect(line(moved(tree, id(4), tree.id, 0))).toBe("all(4 1 any(2 3))");
    expect(line(moved(tree, id(1), inner, 1))).toBe("all(any(2 1 3) 4)");
    expect(line(moved(tree, id(3), tree.id, 0))).toBe("all(3 1 any(2) 4)");
  });

  it("stays where it is when dropped on its own place", () => {
    const { tree, id } = setUp();
    expect(moved(tree, id(1), tree.id, 0)).toBe(tree);
    expect(moved(tree, id(1), tree.id, 1)).toBe(tree);
  });

  it("never goes into itself", () => {
    const { tree, inner } = setUp();
    expect(moved(tree, inner, inner, 0)).toBe(tree);
    expect(moved(tree, tree.id, inner, 0)).toBe(tree);
  });

  it("steps into groups on its way and out of them at their border", () => {
    const { tree, id } = setUp();
    const into = shifted(tree, id(1), 1);
    expect(line(into)).toBe("all(any(1 2 3) 4)");
    expect(line(shifted(into, id(1), -1))).toBe("all(1 any(2 3) 4)");
    expect(line(shifted(tree, id(3), 1))).toBe("all(1 any(2) 3 4)");
    expect(line(shifted(tree, id(4), -1))).toBe("all(1 any(2 3 4))");
    expect(line(shifted(tree, id(3), -1))).toBe("all(1 any(3 2) 4)");
  });

  it("stops at both ends of the whole rule", () => {
    const { tree, id } = setUp();
    expect(shifted(tree, id(1), -1)).toBe(tree);
    expect(shifted(tree, id(4), 1)).toBe(tree);
  });
});
