import { useText } from "@kit/i18n/messages.ts";
import { Checkbox, Segmented } from "antd";
import type { AudienceCondition, GroupsCondition, RfmCondition } from "../../rule/language.ts";
import { useRuleWorld } from "../RuleWorld.ts";
import styles from "./Editors.module.css";
import { Pair } from "./Pair.tsx";
import { ThingSelect } from "./ThingSelect.tsx";
import { editorWords } from "./words.ts";

type EditorProps<C> = { condition: C; onChange: (condition: C) => void };

const SCORES = [1, 2, 3, 4, 5];
const SIDES = ["recency", "frequency", "money"] as const;

/** Scores by recency, frequency and money. */
export function RfmEditor({ condition, onChange }: EditorProps<RfmCondition>) {
  const t = useText(editorWords);
  return (
    <>
      {SIDES.map((side) => (
        <Pair key={side} name={t[side]}>
          <Checkbox.Group
            className={styles.scores}
            value={condition[side] ?? []}
            options={SCORES.map((score) => ({ value: score, label: String(score) }))}
            onChange={(scores) => onChange({ ...condition, [side]: scores.length ? scores : null })}
          />
        </Pair>
      ))}
      <p className={styles.hint}>{t.rfmMeans}</p>
    </>
  );
}

/** Customer groups the person is in now. */
export function GroupsEditor({ condition, onChange }: EditorProps<GroupsCondition>) {
  const t = useText(editorWords);
  const ids = condition.group_ids ?? [];
  return (
    <>
      <Pair name={t.groups}>
        <ThingSelect
          kind="group"
          label={t.groups}
          placeholder={t.anyGroup}
          value={ids}
          onChange={(next) => onChange({ ...condition, group_ids: next.length ? next : null })}
        />
      </Pair>
      {ids.length > 1 && (
        <Pair name={t.groupMode}>
          <Segmented
            value={condition.mode ?? "any"}
            options={(["any", "all"] as const).map((value) => ({
              value,
              label: t.groupModes[value],
            }))}
            onChange={(mode) => onChange({ ...condition, mode })}
          />
        </Pair>
      )}
    </>
  );
}

/** Another audience. */
export function AudienceEditor({ condition, onChange }: EditorProps<AudienceCondition>) {
  const t = useText(editorWords);
  const { audienceId } = useRuleWorld();
  return (
    <Pair name={t.audience} hint={t.audienceMeans}>
      <ThingSelect
        single
        kind="audience"
        label={t.audience}
        without={audienceId}
        value={condition.audience_id ? [condition.audience_id] : []}
        onChange={([id]) => onChange({ ...condition, audience_id: id ?? 0 })}
      />
    </Pair>
  );
}
