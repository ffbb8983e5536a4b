import { readChoice, writeChoice } from "@kit/session/choices.ts";
import { type Condition, isRuleGroup, MODES, type Rule } from "./rule/language.ts";

export type AudienceDraft = {
  name: string;
  description: string;
  dynamic: boolean;
  rule: Rule;
  /** The version that an edit began from; a draft over an older one is told. */
  version?: number | null;
};

const KINDS = new Set<string>([
  "attribute",
  "field",
  "tags",
  "contact",
  "behaviour",
  "rfm",
  "groups",
  "audience",
] satisfies Condition["kind"][]);

function isRule(value: unknown): value is Rule {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  const rule = value as Rule;
  if (!isRuleGroup(rule)) return KINDS.has(rule.kind);
  return MODES.includes(rule.kind) && Array.isArray(rule.items) && rule.items.every(isRule);
}

function place(key: number | "new"): string {
  return `draft.audience.${key}`;
}

/** What was left unsaved on this computer. A draft of an older shape is forgotten. */
export function readDraft(key: number | "new"): AudienceDraft | null {
  try {
    const found = JSON.parse(readChoice(place(key)) ?? "null") as Partial<AudienceDraft> | null;
    if (!found || !isRule(found.rule)) return null;
    return {
      name: String(found.name ?? ""),
      description: String(found.description ?? ""),
      dynamic: found.dynamic !== false,
      rule: found.rule,
      version: found.version ?? null,
    };
  } catch {
    return null;
  }
}

export function writeDraft(key: number | "new", draft: AudienceDraft | null): void {
  writeChoice(place(key), JSON.stringify(draft));
}
