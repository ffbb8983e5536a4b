/** Which conditions say enough to be asked. */

import type { AttributeCondition, Condition, FieldCondition } from "./language.ts";
import { isSpanSet } from "./spans.ts";

function isNumber(value: number | null | undefined): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

function attribute({ name, op, number, text, values, span }: AttributeCondition): boolean {
  if (!name) return false;
  if (op === "empty" || op === "present") return true;
  if (op === "within") return isSpanSet(span);
  if (op === "in" || op === "not_in") return !!values?.length;
  return isNumber(number) || !!text?.trim();
}

function field({ field_id, op, number, text, choices, since, until, days }: FieldCondition) {
  if (!field_id) return false;
  if (op === "empty" || op === "present") return true;
  if (op === "anniversary") return isNumber(days);
  if (op === "within") return !!since || !!until;
  return isNumber(number) || !!text?.trim() || !!choices?.length;
}

/** Whether a condition can be asked; one just begun cannot, and does not count yet. */
export function isComplete(condition: Condition): boolean {
  switch (condition.kind) {
    case "attribute":
      return attribute(condition);
    case "field":
      return field(condition);
    case "tags":
      return condition.tag_ids.length > 0;
    case "behaviour":
      return (
        !!condition.type &&
        (condition.where ?? []).every(
          (one) => !one.name.endsWith(".") && (isNumber(one.number) || !!one.values?.length),
        )
      );
    case "audience":
      return condition.audience_id > 0;
    default:
      return true;
  }
}
