/** A rule while it is edited: every node has a name of its own, so that edits need no positions. */

import { type Condition, isRuleGroup, type Mode, type Rule, type RuleGroup } from "./language.ts";

export type Leaf = { id: string; condition: Condition };
export type Group = { id: string; mode: Mode; items: Node[] };
export type Node = Leaf | Group;

let given = 0;

function freshId(): string {
  given += 1;
  return `n${given}`;
}

export function isGroup(node: Node): node is Group {
  return "items" in node;
}

export function leafOf(condition: Condition): Leaf {
  return { id: freshId(), condition };
}

export function groupOf(mode: Mode, items: Node[] = []): Group {
  return { id: freshId(), mode, items };
}

function nodeOf(rule: Rule): Node {
  return isRuleGroup(rule) ? groupOf(rule.kind, rule.items.map(nodeOf)) : leafOf(rule);
}

/** The tree of a rule; at its root there is always a group to add to. */
export function treeOf(rule: Rule): Group {
  const node = nodeOf(rule);
  return isGroup(node) ? node : groupOf("all", [node]);
}

function ruleFrom(node: Node): Rule {
  return isGroup(node) ? { kind: node.mode, items: node.items.map(ruleFrom) } : node.condition;
}

/** The rule that a tree says. */
export function ruleOf(tree: Group): RuleGroup {
  return { kind: tree.mode, items: tree.items.map(ruleFrom) };
}

/** The tree without the conditions that do not count yet, and without groups left empty by that. */
export function countedOf(tree: Group, counts: (condition: Condition) => boolean): Group {
  function keep(node: Node): Node[] {
    if (!isGroup(node)) return counts(node.condition) ? [node] : [];
    const items = node.items.flatMap(keep);
    return items.length || !node.items.length ? [{ ...node, items }] : [];
  }
  return { ...tree, items: tree.items.flatMap(keep) };
}

export function leavesOf(node: Node): Leaf[] {
  return isGroup(node) ? node.items.flatMap(leavesOf) : [node];
}

/** How many groups stand inside each other, the root being one. */
export function depthOf(node: Node): number {
  return isGroup(node) ? 1 + Math.max(0, ...node.items.map(depthOf)) : 0;
}

export function find(tree: Node, id: string): Node | undefined {
  if (tree.id === id) return tree;
  if (!isGroup(tree)) return undefined;
  for (const item of tree.items) {
    const found = find(item, id);
    if (found) return found;
  }
  return undefined;
}

/** The group in which a node stands; none for the root. */
export function parentOf(tree: Group, id: string): Group | undefined {
  if (tree.items.some((item) => item.id === id)) return tree;
  for (const item of tree.items) {
    const found = isGroup(item) ? parentOf(item, id) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The tree with one node replaced by others; what is not on the way to it stays the same object. */
function replaced(tree: Group, id: string, by: (node: Node) => Node[]): Group {
  const at = tree.items.findIndex((item) => item.id === id);
  const found = tree.items[at];
  if (found) return { ...tree, items: tree.items.toSpliced(at, 1, ...by(found)) };
  let changed = false;
  const items = tree.items.map((item) => {
    if (!isGroup(item)) return item;
    const next = replaced(item, id, by);
    changed ||= next !== item;
    return next;
  });
  return changed ? { ...tree, items } : tree;
}

export function withCondition(tree: Group, id: string, condition: Condition): Group {
  return replaced(tree, id, (node) => [isGroup(node) ? node : { ...node, condition }]);
}

export function withMode(tree: Group, id: string, mode: Mode): Group {
  if (tree.id === id) return { ...tree, mode };
  return replaced(tree, id, (node) => [isGroup(node) ? { ...node, mode } : node]);
}

export function without(tree: Group, id: string): Group {
  return replaced(tree, id, () => []);
}

/** Puts a node into a group, at a place or at its end. */
export function withAdded(tree: Group, groupId: string, node: Node, index?: number): Group {
  function put(group: Group): Group {
    return { ...group, items: group.items.toSpliced(index ?? group.items.length, 0, node) };
  }
  if (tree.id === groupId) return put(tree);
  return replaced(tree, groupId, (group) => [isGroup(group) ? put(group) : group]);
}

function renamed(node: Node): Node {
  return isGroup(node)
    ? { ...node, id: freshId(), items: node.items.map(renamed) }
    : { ...node, id: freshId() };
}

/** Puts a copy of a node, all its conditions included, right behind it. */
export function withCopy(tree: Group, id: string): Group {
  return replaced(tree, id, (node) => [node, renamed(node)]);
}

/** Moves a node into a group before what stands at `index` now; not into itself. */
export function moved(tree: Group, id: string, groupId: string, index: number): Group {
  const node = find(tree, id);
  const from = parentOf(tree, id);
  if (!node || !from || find(node, groupId) || !find(tree, groupId)) return tree;
  const before = from.items.findIndex((item) => item.id === id);
  if (from.id !== groupId) return withAdded(without(tree, id), groupId, node, index);
  const target = before < index ? index - 1 : index;
  return target === before ? tree : withAdded(without(tree, id), groupId, node, target);
}

/**
 * One step up or down as the eye sees it: past a condition, into a group that stands there, or
 * out of the group at its border.
 */
export function shifted(tree: Group, id: string, step: -1 | 1): Group {
  const parent = parentOf(tree, id);
  if (!parent) return tree;
  const at = parent.items.findIndex((item) => item.id === id);
  const neighbour = parent.items[at + step];
  if (neighbour && isGroup(neighbour)) {
    return moved(tree, id, neighbour.id, step === 1 ? 0 : neighbour.items.length);
  }
  if (neighbour) return moved(tree, id, parent.id, step === 1 ? at + 2 : at - 1);
  const above = parentOf(tree, parent.id);
  if (!above) return tree;
  const place = above.items.findIndex((item) => item.id === parent.id);
  return moved(tree, id, above.id, step === 1 ? place + 1 : place);
}

/** Puts a node into a group of its own, in its place. */
export function wrapped(tree: Group, id: string, mode: Mode): Group {
  return replaced(tree, id, (node) => [groupOf(mode, [node])]);
}

/** Takes a group away and leaves what was in it. */
export function unwrapped(tree: Group, id: string): Group {
  return replaced(tree, id, (node) => (isGroup(node) ? node.items : [node]));
}

/** The node that the server names: `rule.items[0].items[2].values` is something of the third. */
export function nodeAt(tree: Group, path: string): Node {
  let node: Node = tree;
  for (const [, index] of path.matchAll(/\bitems\[(\d+)\]/g)) {
    const next: Node | undefined = isGroup(node) ? node.items[Number(index)] : undefined;
    if (!next) break;
    node = next;
  }
  return node;
}
