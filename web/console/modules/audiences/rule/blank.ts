import type { AttributeCondition, Condition, FieldCondition } from "./language.ts";
import type { AttributeInfo, FieldInfo } from "./names.ts";

/** An attribute just chosen: asked for in the way that is usual for its kind. */
export function blankAttribute({ name, kind }: AttributeInfo): AttributeCondition {
  const blank = {
    number: { op: "ge", number: 1 },
    money: { op: "ge", number: 10_000 },
    text: { op: "contains", text: "" },
    moment: { op: "within", span: { last: 30, unit: "day" } },
    choice: { op: "in", values: [] },
    flag: { op: "eq", number: 1 },
  } as const;
  const { op, ...rest } = structuredClone(blank[kind]) as Omit<AttributeCondition, "kind" | "name">;
  return { kind: "attribute", name, op, ...rest };
}

export function blankField({ id, kind }: FieldInfo): FieldCondition {
  const blank = {
    text: { op: "contains", text: "" },
    number: { op: "ge", number: 1 },
    date: { op: "anniversary", days: 7 },
    choice: { op: "in", choices: [] },
    choices: { op: "in", choices: [] },
    flag: { op: "eq", number: 1 },
  } as const;
  const { op, ...rest } = structuredClone(blank[kind]) as Omit<FieldCondition, "kind" | "field_id">;
  return { kind: "field", field_id: id, op, ...rest };
}

/** Conditions that begin without a choice made before. */
export const BLANK = {
  tags: { kind: "tags", tag_ids: [], mode: "wecom" },
  contact: { kind: "contact", states: ["active"] },
  behaviour: {
    kind: "behaviour",
    type: "material.viewed",
    op: "ge",
    times: 1,
    within: { last: 30, unit: "day" },
  },
  didNot: {
    kind: "behaviour",
    type: "order.paid",
    op: "eq",
    times: 0,
    within: { last: 30, unit: "day" },
  },
  rfm: { kind: "rfm", recency: [5], frequency: [5], money: [5] },
  groups: { kind: "groups", mode: "any" },
  audience: { kind: "audience", audience_id: 0 },
} as const satisfies Record<string, unknown>;

export type BlankKey = keyof typeof BLANK;

export function blankOf(key: BlankKey): Condition {
  return structuredClone(BLANK[key]) as unknown as Condition;
}
