/** What cannot be known of the people a rule asks for, by what it asks. */

import { type Condition, isRuleGroup, type Rule } from "./language.ts";

export const NOTES = ["firstAdded", "orders", "lost", "readings"] as const;
export type Note = (typeof NOTES)[number];

const BOUGHT = new Set(["orders", "gmv_fen", "average_fen", "first_paid_at", "last_paid_at"]);

function isAbout(condition: Condition, note: Note): boolean {
  const { kind } = condition;
  switch (note) {
    case "firstAdded":
      return (
        (kind === "attribute" && condition.name === "first_add_at") ||
        (kind === "contact" && !!condition.first_added)
      );
    case "orders":
      return (
        kind === "rfm" ||
        (kind === "attribute" && BOUGHT.has(condition.name)) ||
        (kind === "behaviour" && condition.type.startsWith("order."))
      );
    case "lost":
      return (
        (kind === "contact" && !!(condition.states?.includes("lost") || condition.lost_by)) ||
        (kind === "attribute" &&
          condition.name === "state" &&
          !!condition.values?.includes("lost")) ||
        (kind === "behaviour" && condition.type === "contact.lost")
      );
    case "readings":
      return kind === "behaviour" && /^(material|link|site)\./.test(condition.type);
  }
}

function conditionsOf(rule: Rule): Condition[] {
  return isRuleGroup(rule) ? rule.items.flatMap(conditionsOf) : [rule];
}

export function notesOf(rule: Rule): Note[] {
  const conditions = conditionsOf(rule);
  return NOTES.filter((note) => conditions.some((one) => isAbout(one, note)));
}

/** WeCom takes this many calls of one kind an hour; marking is one call a person and staff. */
const CALLS_AN_HOUR = 150_000;

/** Hours that marking so many people takes at best. */
export function markingHours(people: number): number {
  return people / CALLS_AN_HOUR;
}
