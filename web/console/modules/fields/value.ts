import type { CustomField, FieldInput } from "@kit/api/types.ts";

/** What a value says, in words; empty where there is none. */
export function shownValue(
  field: CustomField,
  value: FieldInput | undefined,
  words: { yes: string; no: string },
): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (Array.isArray(value)) {
    return field.options
      .filter((option) => value.includes(option.id))
      .map((option) => option.name)
      .join("、");
  }
  return String(value);
}
