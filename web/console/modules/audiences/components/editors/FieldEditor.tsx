import { useText } from "@kit/i18n/messages.ts";
import { DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { blankField } from "../../rule/blank.ts";
import type { FieldCondition } from "../../rule/language.ts";
import type { FieldInfo } from "../../rule/names.ts";
import { useRuleWorld } from "../RuleWorld.ts";
import styles from "./Editors.module.css";
import { Pair } from "./Pair.tsx";
import { editorWords } from "./words.ts";

type Op = FieldCondition["op"];

const OPS: Record<FieldInfo["kind"], Op[]> = {
  text: ["contains", "starts", "eq", "ne", "present", "empty"],
  number: ["ge", "gt", "eq", "ne", "le", "lt", "present", "empty"],
  date: ["anniversary", "within", "present", "empty"],
  choice: ["in", "not_in", "present", "empty"],
  choices: ["in", "not_in", "present", "empty"],
  flag: ["eq", "present", "empty"],
};

type EditorProps = { condition: FieldCondition; onChange: (condition: FieldCondition) => void };

function Dates({ condition, onChange }: EditorProps) {
  const t = useText(editorWords);
  return (
    <DatePicker.RangePicker
      allowEmpty={[true, true]}
      value={[
        condition.since ? dayjs(condition.since) : null,
        condition.until ? dayjs(condition.until) : null,
      ]}
      aria-label={t.when}
      onChange={(days) =>
        onChange({
          ...condition,
          since: days?.[0]?.format("YYYY-MM-DD") ?? null,
          until: days?.[1]?.format("YYYY-MM-DD") ?? null,
        })
      }
    />
  );
}

function Value({ info, condition, onChange }: EditorProps & { info: FieldInfo }) {
  const t = useText(editorWords);
  if (info.kind === "date" && condition.op === "within") {
    return <Dates condition={condition} onChange={onChange} />;
  }
  if (info.kind === "date") {
    return (
      <>
        <InputNumber
          aria-label={t.value}
          min={0}
          max={366}
          precision={0}
          style={{ width: 84 }}
          value={condition.days ?? null}
          onChange={(days) => onChange({ ...condition, days })}
        />
        {t.days}
      </>
    );
  }
  if (info.kind === "number") {
    return (
      <InputNumber
        aria-label={t.value}
        style={{ width: 140 }}
        value={condition.number ?? null}
        onChange={(number) => onChange({ ...condition, number })}
      />
    );
  }
  if (info.kind === "flag") {
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
  if (info.kind === "text") {
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
  return (
    <Select
      mode="multiple"
      aria-label={t.value}
      style={{ flex: "1 1 200px" }}
      placeholder={t.choose}
      optionFilterProp="label"
      value={condition.choices ?? []}
      options={info.options.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(choices) => onChange({ ...condition, choices })}
    />
  );
}

/** A custom field: what it must be. */
export function FieldEditor({ condition, onChange }: EditorProps) {
  const t = useText(editorWords);
  const { fields } = useRuleWorld();
  const info = fields.find(({ id }) => id === condition.field_id);
  const asks = condition.op !== "empty" && condition.op !== "present";

  function changeOp(op: Op): void {
    if (!info) return;
    const fresh = blankField(info);
    if (op === "empty" || op === "present") {
      onChange({ kind: "field", field_id: info.id, op });
    } else if (op === "within" || op === "anniversary") {
      onChange({ ...fresh, op, days: op === "anniversary" ? 7 : null });
    } else {
      onChange({ ...(asks ? condition : fresh), op });
    }
  }

  return (
    <>
      <Pair name={t.what}>
        <Select
          showSearch
          optionFilterProp="label"
          aria-label={t.what}
          style={{ width: 220 }}
          value={condition.field_id || undefined}
          placeholder={t.choose}
          options={fields.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => {
            const next = fields.find((one) => one.id === id);
            if (next) onChange(blankField(next));
          }}
        />
      </Pair>
      {info ? (
        <Pair name={t.how} hint={asks ? t.absent : undefined}>
          <div className={styles.inline}>
            <Select
              aria-label={t.how}
              style={{ width: 148 }}
              value={condition.op}
              options={OPS[info.kind].map((op) => ({
                value: op,
                label:
                  info.kind === "number" && op in t.comparisons
                    ? t.comparisons[op as keyof typeof t.comparisons]
                    : t.ops[op as keyof typeof t.ops],
              }))}
              onChange={changeOp}
            />
            {asks && <Value info={info} condition={condition} onChange={onChange} />}
          </div>
        </Pair>
      ) : (
        condition.field_id > 0 && <p className={styles.hint}>{t.fieldGone}</p>
      )}
    </>
  );
}
