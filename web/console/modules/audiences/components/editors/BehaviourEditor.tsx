import { PlusOutlined } from "@ant-design/icons";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Dropdown, InputNumber, Segmented, Select } from "antd";
import type { BehaviourCondition, Comparison, Where } from "../../rule/language.ts";
import { propertyOf } from "../../rule/names.ts";
import { isDidNot } from "../../rule/sentence.ts";
import { useRuleWorld } from "../RuleWorld.ts";
import styles from "./Editors.module.css";
import { Pair } from "./Pair.tsx";
import { SpanEditor } from "./SpanEditor.tsx";
import { blankWhere, WhereEditor } from "./WhereEditor.tsx";
import { editorWords } from "./words.ts";

const COMPARISONS: Comparison[] = ["ge", "gt", "eq", "le", "lt"];
const MOST = 1_000_000;

type EditorProps = {
  condition: BehaviourCondition;
  onChange: (condition: BehaviourCondition) => void;
};

/** Something done, or not done: what, how often, when, and of which kind. */
export function BehaviourEditor({ condition, onChange }: EditorProps) {
  const t = useText(editorWords);
  const { acts, names } = useRuleWorld();
  const change = (part: Partial<BehaviourCondition>) => onChange({ ...condition, ...part });
  const didNot = isDidNot(condition);
  const where = condition.where ?? [];
  const act = names.act(condition.type);
  const free = (act?.properties ?? []).filter(
    ({ name, kind }) => kind === "open" || !where.some((one) => one.name === name),
  );

  function changeWhere(at: number, next: Where[]): void {
    change({ where: where.toSpliced(at, 1, ...next) });
  }

  return (
    <>
      <Pair name={t.act}>
        <div className={styles.inline}>
          <Segmented
            value={didNot ? "not" : "did"}
            options={[
              { value: "did", label: t.did },
              { value: "not", label: t.didNot },
            ]}
            onChange={(next) =>
              change(next === "not" ? { op: "eq", times: 0 } : { op: "ge", times: 1 })
            }
          />
          <Select
            showSearch
            optionFilterProp="label"
            aria-label={t.act}
            style={{ width: 180 }}
            value={condition.type}
            options={acts.map(({ type, title }) => ({ value: type, label: title }))}
            onChange={(type) => change({ type, where: [] })}
          />
        </div>
      </Pair>
      {!didNot && (
        <Pair name={t.count}>
          <div className={styles.inline}>
            <Select
              aria-label={`${t.count} ${t.how}`}
              style={{ width: 96 }}
              value={condition.op ?? "ge"}
              options={COMPARISONS.map((op) => ({ value: op, label: t.comparisons[op] }))}
              onChange={(op) => change({ op, times: Math.max(condition.times ?? 1, MIN[op] ?? 1) })}
            />
            <InputNumber
              aria-label={t.count}
              min={MIN[condition.op ?? "ge"] ?? 1}
              max={MOST}
              precision={0}
              style={{ width: 84 }}
              value={condition.times ?? 1}
              onChange={(times) => times !== null && change({ times })}
            />
            {t.timesUnit}
          </div>
        </Pair>
      )}
      <Pair name={t.when}>
        <SpanEditor
          optional
          label={t.when}
          value={condition.within}
          onChange={(within) => change({ within })}
        />
      </Pair>
      {where.map((one, at) => {
        const info = propertyOf(act, one.name);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a property's name changes while it is typed
          <Pair key={at} name={t.where} hint={at === where.length - 1 && t.whereMeans}>
            <WhereEditor
              one={one}
              info={info ?? { name: one.name, title: one.name, kind: "text", choices: [] }}
              onChange={(next) => changeWhere(at, [next])}
              onRemove={() => changeWhere(at, [])}
            />
          </Pair>
        );
      })}
      {free.length > 0 && (
        <div>
          <Dropdown
            trigger={["click"]}
            menu={{
              items: free.map(({ name, title }) => ({ key: name, label: title })),
              onClick: ({ key }) => {
                const info = free.find(({ name }) => name === key);
                if (info) change({ where: [...where, blankWhere(info)] });
              },
            }}
          >
            <Button type="link" size="small" icon={<PlusOutlined />} style={{ padding: 0 }}>
              {t.addWhere}
            </Button>
          </Dropdown>
        </div>
      )}
    </>
  );
}

/** The least number that makes sense: “fewer than one” is “did not”. */
const MIN: Partial<Record<Comparison, number>> = { lt: 2, gt: 0 };
