import { useText } from "@kit/i18n/messages.ts";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { useThings } from "../../hooks/useThings.ts";
import type { Thing } from "../../rule/names.ts";
import { useRuleWorld } from "../RuleWorld.ts";
import { editorWords } from "./words.ts";

/** Options and groups of options, which antd's types do not allow side by side. */
type SelectOptions = { value: number; label: string }[];
type SelectGroup = { label: string; title: string; options: SelectOptions };

type ThingSelectProps = {
  kind: Thing;
  value: readonly number[];
  onChange: (ids: number[]) => void;
  label: string;
  placeholder?: string;
  single?: boolean;
  without?: number;
};

/** Chooses things by name; what is offered is looked up while typing. */
export function ThingSelect(props: ThingSelectProps) {
  const { kind, value, onChange, label, placeholder, single = false, without } = props;
  const t = useText(editorWords);
  const { names } = useRuleWorld();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const { options, isLoading } = useThings(kind, q);
  const shown = options.filter((one) => one.id !== without);
  const groups = new Map<string, typeof shown>();
  for (const one of shown) {
    const group = one.group ?? "";
    groups.set(group, [...(groups.get(group) ?? []), one]);
  }
  const offered = [...groups].flatMap<SelectOptions[number] | SelectGroup>(([group, members]) => {
    const options = members.map(({ id, name }) => ({ value: id, label: name }));
    return group ? [{ label: group, title: group, options }] : options;
  });
  const chosen = value.map((id) => ({ value: id, label: names.thing(kind, id) ?? `#${id}` }));
  return (
    <Select
      mode={single ? undefined : "multiple"}
      labelInValue
      showSearch
      filterOption={false}
      aria-label={label}
      style={{ width: "100%" }}
      maxTagCount="responsive"
      placeholder={placeholder ?? t.find}
      loading={isLoading}
      value={single ? chosen[0] : chosen}
      searchValue={typed}
      onSearch={setTyped}
      onBlur={() => setTyped("")}
      options={offered as SelectOptions}
      onChange={(next: unknown) => {
        const list = (Array.isArray(next) ? next : [next]) as { value: number }[];
        onChange(list.filter(Boolean).map((one) => one.value));
        setTyped("");
      }}
    />
  );
}
