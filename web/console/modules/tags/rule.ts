import type { TagRule, TagRuleDraft, TagTrigger } from "@kit/api/types.ts";

export const TRIGGER_KINDS = ["behaviour", "orders", "added", "audience", "keyword"] as const;
export type TriggerKind = (typeof TRIGGER_KINDS)[number];

/** A rule as the form holds it: everything flat, money in yuan. */
export type RuleForm = {
  name: string;
  kind: TriggerKind;
  type?: string;
  times?: number;
  within_days?: number | null;
  orders?: number | null;
  yuan?: number | null;
  channel_ids?: number[];
  audience_id?: number;
  entered?: boolean;
  words?: string[];
  add?: number[];
  remove?: number[];
  reason?: string;
  ends_days?: number | null;
  active: boolean;
};

const FEN = 100;

/** What the form says; conditions on properties that a rule has already are kept. */
export function triggerOf(form: RuleForm, before?: TagTrigger): TagTrigger {
  switch (form.kind) {
    case "behaviour":
      return {
        kind: "behaviour",
        type: form.type ?? "",
        times: form.times ?? 1,
        within_days: form.within_days ?? null,
        where: before?.kind === "behaviour" && before.type === form.type ? before.where : [],
      };
    case "orders":
      return {
        kind: "orders",
        orders: form.orders ?? null,
        amount_fen: form.yuan ? Math.round(form.yuan * FEN) : null,
      };
    case "added":
      return {
        kind: "added",
        channel_ids: form.channel_ids ?? [],
        live_code_ids: before?.kind === "added" ? before.live_code_ids : [],
      };
    case "audience":
      return {
        kind: "audience",
        audience_id: form.audience_id ?? 0,
        entered: form.entered ?? true,
      };
    case "keyword":
      return { kind: "keyword", words: form.words ?? [] };
  }
}

export function draftOf(form: RuleForm, before?: TagTrigger): TagRuleDraft {
  return {
    name: form.name,
    trigger: triggerOf(form, before),
    add: form.add ?? [],
    remove: form.remove ?? [],
    reason: form.reason ?? "",
    ends_days: form.ends_days ?? null,
    active: form.active,
  };
}

export const NEW_RULE: RuleForm = {
  name: "",
  kind: "behaviour",
  times: 1,
  entered: true,
  active: true,
};

export function formOf(rule: TagRule): RuleForm {
  const { trigger } = rule;
  const base: RuleForm = {
    name: rule.name,
    kind: trigger.kind,
    times: 1,
    entered: true,
    add: rule.add.filter((tag) => !tag.gone).map((tag) => tag.id),
    remove: rule.remove.filter((tag) => !tag.gone).map((tag) => tag.id),
    reason: rule.reason,
    ends_days: rule.ends_days,
    active: rule.active,
  };
  switch (trigger.kind) {
    case "behaviour":
      return {
        ...base,
        type: trigger.type,
        times: trigger.times,
        within_days: trigger.within_days,
      };
    case "orders":
      return {
        ...base,
        orders: trigger.orders,
        yuan: trigger.amount_fen ? trigger.amount_fen / FEN : null,
      };
    case "added":
      return { ...base, channel_ids: (trigger.channel_ids ?? []) as number[] };
    case "audience":
      return { ...base, audience_id: trigger.audience_id, entered: trigger.entered };
    case "keyword":
      return { ...base, words: trigger.words as string[] };
  }
}
