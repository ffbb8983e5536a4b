import type { Explained } from "@kit/api/types.ts";
import { type Group, isGroup, nodeAt } from "../../rule/tree.ts";
import type { Mark } from "./TreeContext.ts";

/** What the answer for one person says of each part of the rule, by the name of its node. */
export function marksOf(why: Explained, asked: Group): Map<string, Mark> {
  const found = new Map<string, Mark>();
  function look({ path, holds, has, items = [] }: Explained, wanted: boolean): void {
    const node = nodeAt(asked, path);
    found.set(node.id, { holds, good: holds === wanted, has: has ?? undefined });
    // What stands below a condition is another audience's own rule.
    if (!isGroup(node)) return;
    for (const item of items) look(item, (node.mode === "none") !== wanted);
  }
  look(why, true);
  return found;
}
