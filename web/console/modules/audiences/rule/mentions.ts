/** The things that rules point to, by kind. */

import { type Condition, isRuleGroup, type Rule } from "./language.ts";
import { type ActInfo, type AttributeInfo, propertyOf, type Thing } from "./names.ts";

export type Mentions = Partial<Record<Thing, Set<number>>>;

type Known = {
  attribute: (name: string) => AttributeInfo | undefined;
  act: (type: string) => ActInfo | undefined;
};

type Ids = readonly (number | string)[] | null | undefined;

function named(condition: Condition, known: Known): [Thing | null | undefined, Ids][] {
  switch (condition.kind) {
    case "tags":
      return [["tag", condition.tag_ids]];
    case "contact":
      return [
        ["staff", condition.staff_account_ids],
        ["channel", condition.channel_ids],
        ["live_code", condition.live_code_ids],
      ];
    case "groups":
      return [["group", condition.group_ids]];
    case "audience":
      return [["audience", condition.audience_id ? [condition.audience_id] : []]];
    case "attribute":
      return [[known.attribute(condition.name)?.things, condition.values]];
    case "behaviour":
      return (condition.where ?? []).map((one) => [
        propertyOf(known.act(condition.type), one.name)?.things,
        one.values,
      ]);
    default:
      return [];
  }
}

export function mentionsOf(rules: readonly (Rule | null | undefined)[], known: Known): Mentions {
  const found: Mentions = {};
  function look(rule: Rule): void {
    if (isRuleGroup(rule)) {
      for (const item of rule.items) look(item);
      return;
    }
    for (const [kind, ids] of named(rule, known)) {
      if (!kind) continue;
      for (const id of ids ?? []) {
        found[kind] ??= new Set();
        found[kind].add(Number(id));
      }
    }
  }
  for (const rule of rules) if (rule) look(rule);
  return found;
}
