import type { CustomField, FieldInput } from "@kit/api/types.ts";
import { useText } from "@kit/i18n/messages.ts";
import { DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { fieldWords } from "../words.ts";

type ValueInputProps = {
  field: CustomField;
  value: FieldInput;
  onChange: (value: FieldInput) => void;
};

const WIDE = { width: "100%" };

/** The control by which a field of this kind is filled in. */
export function ValueInput({ field, value, onChange }: ValueInputProps) {
  const t = useText(fieldWords);
  const name = { "aria-label": field.name, placeholder: field.hint || undefined };
  const options = field.options
    .filter((option) => !option.gone)
    .map((option) => ({ value: option.id, label: option.name }));
  const chosen = Array.isArray(value) ? value : [];
  switch (field.kind) {
    case "number":
      return (
        <InputNumber
          {...name}
          style={WIDE}
          value={typeof value === "number" ? value : null}
          onChange={onChange}
        />
      );
    case "date":
      return (
        <DatePicker
          {...name}
          style={WIDE}
          value={typeof value === "string" && value ? dayjs(value) : null}
          onChange={(day) => onChange(day ? day.format("YYYY-MM-DD") : null)}
        />
      );
    case "flag":
      return (
        <Select
          {...name}
          allowClear
          style={WIDE}
          value={typeof value === "boolean" ? value : undefined}
          options={[
            { value: true, label: t.yes },
            { value: false, label: t.no },
          ]}
          onChange={(said?: boolean) => onChange(said ?? null)}
        />
      );
    case "choice":
      return (
        <Select
          {...name}
          allowClear
          style={WIDE}
          value={chosen[0]}
          options={options}
          onChange={(id?: number) => onChange(id === undefined ? null : [id])}
        />
      );
    case "choices":
      return (
        <Select
          {...name}
          mode="multiple"
          style={WIDE}
          value={chosen}
          options={options}
          onChange={onChange}
        />
      );
    default:
      return (
        <Input
          {...name}
          maxLength={500}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
