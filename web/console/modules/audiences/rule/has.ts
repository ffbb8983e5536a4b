/** What a person has of what a condition asks, in the language on screen. */

import type { Has } from "@kit/api/types.ts";
import { formatCount, formatMoney } from "@kit/format/numbers.ts";
import { formatMoment } from "@kit/format/time.ts";
import type { Language } from "@kit/i18n/language.ts";
import type { Rule } from "./language.ts";
import type { Names } from "./names.ts";
import { type RuleWords, ruleWords } from "./words.ts";

function numberOf(value: number, asked: Rule, names: Names, t: RuleWords): string {
  const flag = asked.kind === "field" && names.field(asked.field_id)?.kind === "flag";
  if (flag) return value ? t.yes : t.no;
  return formatCount(value);
}

function valuesOf(values: readonly string[], asked: Rule, names: Names): string[] {
  const choices = asked.kind === "attribute" ? names.attribute(asked.name)?.choices : undefined;
  return values.map((value) => choices?.find((one) => one.value === value)?.name ?? value);
}

/** What a person has, as it stands beside the condition that asks for it. */
export function hasInWords(has: Has, asked: Rule, names: Names, language: Language): string {
  const t = ruleWords[language];
  const { kind, texts = [], numbers = [], states = [], at, day } = has;
  const [number = 0] = numbers;
  switch (kind) {
    case "nothing":
      return asked.kind === "rfm" ? t.has.neverBought : t.has.nothing;
    case "secret":
      return t.has.secret;
    case "inside":
      return t.has.inside;
    case "outside":
      return t.has.outside;
    case "texts":
      return texts.map(t.quote).join(t.list);
    case "names":
      return texts.join(t.list);
    case "values":
      return valuesOf(texts, asked, names).join(t.list);
    case "number":
      return numberOf(number, asked, names, t);
    case "money":
      return formatMoney(number);
    case "flag":
      return number ? t.yes : t.no;
    case "moment":
      return at ? formatMoment(at) : "";
    case "day":
      return day ?? "";
    case "times":
      return t.has.times(formatCount(number));
    case "scores":
      return ["R", "F", "M"].map((letter, index) => `${letter}${numbers[index]}`).join(" ");
    case "friends":
      return texts
        .map((staff, index) =>
          t.has.friend(staff, t.states[states[index] as keyof typeof t.states] ?? ""),
        )
        .join(t.list);
  }
}
