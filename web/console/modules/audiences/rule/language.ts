/** The language of audience rules, as the server has it (`siyu.people.rules.language`). */

export type Span = {
  /** From so many units ago (not included) to the moment of asking. */
  last?: number | null;
  /** So many units ago or earlier. */
  older?: number | null;
  unit?: "hour" | "day";
  /** Absolute: `since` included, `until` not. */
  since?: string | null;
  until?: string | null;
};

export type Comparison = "eq" | "ne" | "lt" | "le" | "gt" | "ge";

export type AttributeCondition = {
  kind: "attribute";
  name: string;
  op: Comparison | "contains" | "starts" | "in" | "not_in" | "within" | "empty" | "present";
  number?: number | null;
  text?: string | null;
  values?: string[] | null;
  span?: Span | null;
};

export type FieldCondition = {
  kind: "field";
  field_id: number;
  op:
    | Comparison
    | "contains"
    | "starts"
    | "in"
    | "not_in"
    | "within"
    | "anniversary"
    | "empty"
    | "present";
  number?: number | null;
  text?: string | null;
  choices?: number[] | null;
  since?: string | null;
  until?: string | null;
  days?: number | null;
};

export const TAG_MODES = ["wecom", "any", "all", "none"] as const;

export type TagsCondition = {
  kind: "tags";
  tag_ids: number[];
  mode?: (typeof TAG_MODES)[number];
  past?: boolean;
};

export const FRIEND_STATES = ["active", "half", "lost"] as const;
export const LOST_BY = ["customer", "staff", "transfer", "unknown"] as const;

export type FriendshipCondition = {
  kind: "contact";
  staff_account_ids?: number[] | null;
  channel_ids?: number[] | null;
  live_code_ids?: number[] | null;
  add_ways?: number[] | null;
  states?: (typeof FRIEND_STATES)[number][] | null;
  lost_by?: (typeof LOST_BY)[number][] | null;
  first_added?: Span | null;
  added?: Span | null;
  lost?: Span | null;
  times?: number;
};

export type Where = {
  name: string;
  op: Comparison | "in";
  number?: number | null;
  values?: (string | number)[] | null;
};

export type BehaviourCondition = {
  kind: "behaviour";
  type: string;
  op?: Comparison;
  times?: number;
  within?: Span | null;
  where?: Where[];
};

export type RfmCondition = {
  kind: "rfm";
  recency?: number[] | null;
  frequency?: number[] | null;
  money?: number[] | null;
};

export type GroupsCondition = {
  kind: "groups";
  group_ids?: number[] | null;
  mode?: "any" | "all";
};

export type AudienceCondition = { kind: "audience"; audience_id: number };

export type Condition =
  | AttributeCondition
  | FieldCondition
  | TagsCondition
  | FriendshipCondition
  | BehaviourCondition
  | RfmCondition
  | GroupsCondition
  | AudienceCondition;

export const MODES = ["all", "any", "none"] as const;
export type Mode = (typeof MODES)[number];

export type RuleGroup = { kind: Mode; items: Rule[] };
export type Rule = RuleGroup | Condition;

export function isRuleGroup(rule: Rule): rule is RuleGroup {
  return "items" in rule;
}

/** How deep groups may nest and how many conditions a rule may have; the server holds it too. */
export const MAX_DEPTH = 8;
export const MAX_CONDITIONS = 100;

/** Whether a part lies below “none of”, so that it speaks for a person when it does not hold. */
export function isDenied(rule: Rule, path: string): boolean {
  let part: Rule | undefined = rule;
  let denied = false;
  for (const [, index] of path.matchAll(/\bitems\[(\d+)\]/g)) {
    if (!part || !isRuleGroup(part)) break;
    if (part.kind === "none") denied = !denied;
    part = part.items[Number(index)];
  }
  return denied;
}

/** The part of a rule that the server names by its place: `rule.items[0].items[2]`. */
export function ruleAt(rule: Rule, path: string): Rule {
  let part = rule;
  for (const [, index] of path.matchAll(/\bitems\[(\d+)\]/g)) {
    const next = isRuleGroup(part) ? part.items[Number(index)] : undefined;
    if (!next) break;
    part = next;
  }
  return part;
}
