import { useText } from "@kit/i18n/messages.ts";
import { InputNumber, Select } from "antd";
import { FRIEND_STATES, type FriendshipCondition, LOST_BY } from "../../rule/language.ts";
import { ruleWords } from "../../rule/words.ts";
import styles from "./Editors.module.css";
import { Pair } from "./Pair.tsx";
import { SpanEditor } from "./SpanEditor.tsx";
import { ThingSelect } from "./ThingSelect.tsx";
import { editorWords } from "./words.ts";

const MOST_STAFF = 100;

type EditorProps = {
  condition: FriendshipCondition;
  onChange: (condition: FriendshipCondition) => void;
};

/** Nothing chosen is nothing asked. */
function some<T>(values: T[]): T[] | null {
  return values.length ? values : null;
}

/** A friendship with a member of staff: with whom, from where, since when, how it stands. */
export function FriendshipEditor({ condition, onChange }: EditorProps) {
  const t = useText(editorWords);
  const told = useText(ruleWords);
  const change = (part: Partial<FriendshipCondition>) => onChange({ ...condition, ...part });
  const lost = condition.states?.includes("lost") ?? !condition.states?.length;
  return (
    <>
      <Pair name={t.staff}>
        <ThingSelect
          kind="staff"
          label={t.staff}
          placeholder={t.anyStaff}
          value={condition.staff_account_ids ?? []}
          onChange={(ids) => change({ staff_account_ids: some(ids) })}
        />
      </Pair>
      <Pair name={t.state}>
        <Select
          mode="multiple"
          aria-label={t.state}
          className={styles.wide}
          placeholder={t.any}
          value={condition.states ?? []}
          options={FRIEND_STATES.map((value) => ({ value, label: t.states[value] }))}
          onChange={(states) =>
            change(
              states.length === 0 || states.includes("lost")
                ? { states: some(states) }
                : { states, lost_by: null, lost: null },
            )
          }
        />
      </Pair>
      <Pair name={t.added}>
        <SpanEditor
          optional
          label={t.added}
          value={condition.added}
          onChange={(added) => change({ added })}
        />
      </Pair>
      <Pair name={t.firstAdded} means={t.firstMeans}>
        <SpanEditor
          optional
          label={t.firstAdded}
          value={condition.first_added}
          onChange={(first_added) => change({ first_added })}
        />
      </Pair>
      <Pair name={t.channel}>
        <ThingSelect
          kind="channel"
          label={t.channel}
          placeholder={t.any}
          value={condition.channel_ids ?? []}
          onChange={(ids) => change({ channel_ids: some(ids) })}
        />
      </Pair>
      <Pair name={t.code}>
        <ThingSelect
          kind="live_code"
          label={t.code}
          placeholder={t.any}
          value={condition.live_code_ids ?? []}
          onChange={(ids) => change({ live_code_ids: some(ids) })}
        />
      </Pair>
      <Pair name={t.addWay}>
        <Select
          mode="multiple"
          aria-label={t.addWay}
          className={styles.wide}
          placeholder={t.any}
          optionFilterProp="label"
          value={condition.add_ways ?? []}
          options={Object.entries(told.addWays).map(([code, label]) => ({
            value: Number(code),
            label,
          }))}
          onChange={(ways) => change({ add_ways: some(ways) })}
        />
      </Pair>
      {lost && (
        <>
          <Pair name={t.lostBy}>
            <Select
              mode="multiple"
              aria-label={t.lostBy}
              className={styles.wide}
              placeholder={t.any}
              value={condition.lost_by ?? []}
              options={LOST_BY.map((value) => ({ value, label: t.lostWays[value] }))}
              onChange={(ways) => change({ lost_by: some(ways) })}
            />
          </Pair>
          <Pair name={t.lost}>
            <SpanEditor
              optional
              label={t.lost}
              value={condition.lost}
              onChange={(span) => change({ lost: span })}
            />
          </Pair>
        </>
      )}
      <Pair name={t.times} hint={t.together}>
        <InputNumber
          aria-label={t.times}
          min={1}
          max={MOST_STAFF}
          precision={0}
          value={condition.times ?? 1}
          onChange={(times) => times && change({ times })}
        />
      </Pair>
    </>
  );
}
