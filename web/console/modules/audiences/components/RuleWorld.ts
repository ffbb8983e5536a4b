import type { Has } from "@kit/api/types.ts";
import type { Language } from "@kit/i18n/language.ts";
import { createContext, use } from "react";
import { hasInWords } from "../rule/has.ts";
import type { Rule } from "../rule/language.ts";
import type { ActInfo, AttributeInfo, FieldInfo, Names } from "../rule/names.ts";
import { sentenceOf } from "../rule/sentence.ts";

/** What the editors of a rule need to know of the enterprise. */
export type RuleWorld = {
  names: Names;
  language: Language;
  attributes: readonly AttributeInfo[];
  fields: readonly FieldInfo[];
  acts: readonly ActInfo[];
  /** The audience being edited, which cannot stand on itself. */
  audienceId?: number;
};

const RuleWorldContext = createContext<RuleWorld | null>(null);
export const RuleWorldProvider = RuleWorldContext.Provider;

export function useRuleWorld(): RuleWorld {
  const world = use(RuleWorldContext);
  if (!world) throw new Error("useRuleWorld inside of a rule only");
  return world;
}

/** Tells rules in the language on screen. */
export function useSentence(): (rule: Rule) => string {
  const { names, language } = useRuleWorld();
  return (rule) => sentenceOf(rule, names, language);
}

/** Tells what a person has of what a condition asks, in the language on screen. */
export function useHas(): (has: Has | null | undefined, asked: Rule) => string {
  const { names, language } = useRuleWorld();
  return (has, asked) => (has ? hasInWords(has, asked, names, language) : "");
}
