import { CloseOutlined } from "@ant-design/icons";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Input, InputNumber, Select } from "antd";
import type { Comparison, Where } from "../../rule/language.ts";
import type { PropertyInfo } from "../../rule/names.ts";
import styles from "./Editors.module.css";
import { ThingSelect } from "./ThingSelect.tsx";
import { editorWords } from "./words.ts";

const COMPARISONS: Comparison[] = ["ge", "gt", "eq", "ne", "le", "lt"];

export function blankWhere({ name, kind }: PropertyInfo): Where {
  if (kind === "number" || kind === "money") return { name, op: "ge", number: null };
  if (kind === "flag") return { name, op: "eq", number: 1 };
  return { name: kind === "open" ? `${name}.` : name, op: "in", values: [] };
}

type WhereProps = { one: Where; info: PropertyInfo; onChange: (one: Where) => void };

function Figure({ one, info, onChange }: WhereProps) {
  const t = useText(editorWords);
  const scale = info.kind === "money" ? 100 : 1;
  return (
    <>
      <Select
        aria-label={`${info.title} ${t.how}`}
        style={{ width: 96 }}
        value={one.op}
        options={COMPARISONS.map((op) => ({ value: op, label: t.comparisons[op] }))}
        onChange={(op) => onChange({ ...one, op })}
      />
      <InputNumber
        aria-label={info.title}
        style={{ width: 140 }}
        suffix={info.kind === "money" ? t.yuan : undefined}
        value={typeof one.number === "number" ? one.number / scale : null}
        onChange={(value) =>
          onChange({ ...one, number: value === null ? null : Math.round(value * scale) })
        }
      />
    </>
  );
}

/** Words that nobody has listed: whatever is typed. */
function Typed({ one, info, onChange }: WhereProps) {
  const t = useText(editorWords);
  return (
    <Select
      mode="tags"
      open={false}
      aria-label={info.title}
      style={{ flex: "1 1 180px" }}
      placeholder={t.wordsHint}
      value={(one.values ?? []).map(String)}
      onChange={(values) => onChange({ ...one, op: "in", values })}
    />
  );
}

/** A property whose name the reporter chose: its name, then words or a figure. */
function Open({ one, info, onChange }: WhereProps) {
  const t = useText(editorWords);
  const member = one.name.slice(info.name.length + 1);
  const figure = !one.values;
  return (
    <>
      <Input
        aria-label={t.member}
        placeholder={t.member}
        style={{ width: 130 }}
        maxLength={60}
        value={member}
        onChange={(event) =>
          onChange({ ...one, name: `${info.name}.${event.target.value.replace(/[.\s]/g, "")}` })
        }
      />
      <Select
        aria-label={t.how}
        style={{ width: 84 }}
        value={figure ? "figure" : "words"}
        options={[
          { value: "words", label: t.asWords },
          { value: "figure", label: t.asFigure },
        ]}
        onChange={(next) =>
          onChange(
            next === "figure"
              ? { name: one.name, op: "ge", number: null }
              : { name: one.name, op: "in", values: [] },
          )
        }
      />
      {figure ? (
        <Figure one={one} info={info} onChange={onChange} />
      ) : (
        <Typed one={one} info={info} onChange={onChange} />
      )}
    </>
  );
}

function Values({ one, info, onChange }: WhereProps) {
  const t = useText(editorWords);
  switch (info.kind) {
    case "number":
    case "money":
      return <Figure one={one} info={info} onChange={onChange} />;
    case "open":
      return <Open one={one} info={info} onChange={onChange} />;
    case "text":
      return <Typed one={one} info={info} onChange={onChange} />;
    case "flag":
      return (
        <Select
          aria-label={info.title}
          style={{ width: 84 }}
          value={one.number === 0 ? 0 : 1}
          options={[
            { value: 1, label: t.yes },
            { value: 0, label: t.no },
          ]}
          onChange={(number) => onChange({ ...one, number })}
        />
      );
    case "choice":
      return (
        <Select
          mode="multiple"
          aria-label={info.title}
          style={{ flex: "1 1 180px" }}
          placeholder={t.choose}
          value={(one.values ?? []).map(String)}
          options={info.choices.map(({ value, name }) => ({ value, label: name }))}
          onChange={(values) => onChange({ ...one, op: "in", values })}
        />
      );
    case "thing":
      return (
        <div style={{ flex: "1 1 180px", minWidth: 0 }}>
          <ThingSelect
            kind={info.things ?? "source"}
            label={info.title}
            value={(one.values ?? []).map(Number)}
            onChange={(values) => onChange({ ...one, op: "in", values })}
          />
        </div>
      );
  }
}

/** One property of an act: how much, or which. */
export function WhereEditor(props: WhereProps & { onRemove: () => void }) {
  const { one, info, onChange, onRemove } = props;
  const t = useText(editorWords);
  return (
    <div className={styles.where}>
      <span>{info.title}</span>
      <Values one={one} info={info} onChange={onChange} />
      <Button
        type="text"
        size="small"
        style={{ marginLeft: "auto" }}
        aria-label={`${t.remove} ${info.title}`}
        icon={<CloseOutlined />}
        onClick={onRemove}
      />
    </div>
  );
}
