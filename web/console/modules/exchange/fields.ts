import { useFields } from "../fields/hooks/useFields.ts";

/** The custom fields that a column can fill. */
export function useFieldChoices() {
  const fields = useFields().data ?? [];
  return fields
    .filter((field) => !field.gone)
    .map((field) => ({ value: field.id, label: field.name }));
}
