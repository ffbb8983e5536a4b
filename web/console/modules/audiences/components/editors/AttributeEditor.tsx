import { useText } from "@kit/i18n/messages.ts";
import { Input, InputNumber, Select } from "antd";
import { blankAttribute } from "../../rule/blank.ts";
import type { AttributeCondition } from "../../rule/language.ts";
import type { AttributeInfo } from "../../rule/names.ts";
import { useRuleWorld } from "../RuleWorld.ts";
import styles from "./Editors.module.css";
import { Pair } from "./Pair.tsx";
import { SpanEditor } from "./SpanEditor.tsx";
import { ThingSelect } from "./ThingSelect.tsx";
import { editorWords } from "./words.ts";

type Op = AttributeCondition["op"];

const OPS: Record<AttributeInfo["kind"], Op[]> = {
  number: ["ge", "gt", "eq", "ne", "le", "lt"],
  money: ["ge", "gt", "eq", "ne", "le", "lt"],
  text: ["contains", "starts", "eq", "ne"],
  moment: ["within"],
  choice: ["in", "not_in"],
  flag: ["eq"],
};

type ValueProps = {
  info: AttributeInfo;
  condition: AttributeCondition;
  onChange: (condition: AttributeCondition) => void;
};

function Value({ info, condition, onChange }: ValueProps) {
  const t = useText(editorWords);
  const { kind } = info;
  if (kind === "number" || kind === "money") {
    const scale = kind === "money" ? 100 : 1;
    return (
      <InputNumber
        aria-label={t.value}
        min={0}
        precision={kind === "money" ? 2 : 0}
        style={{ width: 160 }}
        suffix={kind === "money" ? t.yuan : undefined}
        value={typeof condition.number === "number" ? condition.number / scale : null}
        onChange={(value) =>
          onChange({ ...condition, number: value === null ? null : Math.round(value * scale) })
        }
      />
    );
  }
  if (kind === "text") {
    return (
      <Input
        aria-label={t.value}
        style={{ width: 220 }}
        maxLength={100}
        value={condition.text ?? ""}
        onChange={(event) => onChange({ ...condition, text: event.target.value })}
      />
    );
  }
  if (kind === "moment") {
    return (
      <SpanEditor
        label={t.when}
        value={condition.span ?? {}}
        onChange={(span) => onChange({ ...condition, span })}
      />
    );
  }
  if (kind === "flag") {
    return (
      <Select
        aria-label={t.value}
        style={{ width: 96 }}
        value={condition.number === 0 ? 0 : 1}
        options={[
          { value: 1, label: t.yes },
          { value: 0, label: t.no },
        ]}
        onChange={(number) => onChange({ ...condition, number })}
      />
    );
  }
  if (info.things === "stage") {
    return (
      <div style={{ flex: "1 1 200px" }}>
        <ThingSelect
          kind="stage"
          label={t.value}
          value={(condition.values ?? []).map(Number)}
          onChange={(ids) => onChange({ ...condition, values: ids.map(String) })}
        />
      </div>
    );
  }
  return (
    <Select
      mode="multiple"
      aria-label={t.value}
      style={{ flex: "1 1 200px" }}
      placeholder={t.choose}
      value={condition.values ?? []}
      options={info.choices.map(({ value, name }) => ({ value, label: name }))}
      onChange={(values) => onChange({ ...condition, values })}
    />
  );
}

type EditorProps = {
  condition: AttributeCondition;
  onChange: (condition: AttributeCondition) => void;
};

/** A basic fact about the person: which, and what it must be. */
export function AttributeEditor({ condition, onChange }: EditorProps) {
  const t = useText(editorWords);
  const { attributes } = useRuleWorld();
  const info = attributes.find(({ name }) => name === condition.name);
  const ops = info ? [...OPS[info.kind], ...(info.optional ? EXISTENCE : [])] : [];
  const asks = condition.op !== "empty" && condition.op !== "present";

  function changeOp(op: Op): void {
    if (!info) return;
    const fresh = blankAttribute(info);
    const kept = asks ? condition : fresh;
    onChange(
      op === "empty" || op === "present"
        ? { kind: "attribute", name: info.name, op }
        : { ...kept, op },
    );
  }

  return (
    <>
      <Pair name={t.what}>
        <Select
          showSearch
          optionFilterProp="label"
          aria-label={t.what}
          style={{ width: 220 }}
          value={condition.name || undefined}
          placeholder={t.choose}
          options={attributes.map(({ name, title }) => ({ value: name, label: title }))}
          onChange={(name) => {
            const next = attributes.find((one) => one.name === name);
            if (next) onChange(blankAttribute(next));
          }}
        />
      </Pair>
      {info && (
        <Pair name={t.how} hint={info.optional && asks ? t.absent : undefined}>
          <div className={styles.inline}>
            {ops.length > 1 && (
              <Select
                aria-label={t.how}
                style={{ width: 132 }}
                value={condition.op}
                options={ops.map((op) => ({ value: op, label: opName(op, info.kind, t) }))}
                onChange={changeOp}
              />
            )}
            {asks && <Value info={info} condition={condition} onChange={onChange} />}
          </div>
        </Pair>
      )}
    </>
  );
}

const EXISTENCE: Op[] = ["present", "empty"];

function opName(op: Op, kind: AttributeInfo["kind"], t: typeof editorWords.zh): string {
  const compares = kind === "number" || kind === "money";
  if (compares && op in t.comparisons) return t.comparisons[op as keyof typeof t.comparisons];
  return t.ops[op as keyof typeof t.ops];
}
