import { Term } from "@kit/desk/Term.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Checkbox, Segmented } from "antd";
import { TAG_MODES, type TagsCondition } from "../../rule/language.ts";
import { Pair } from "./Pair.tsx";
import { ThingSelect } from "./ThingSelect.tsx";
import { editorWords } from "./words.ts";

type EditorProps = { condition: TagsCondition; onChange: (condition: TagsCondition) => void };

/** Tags, and what having several of them means. */
export function TagsEditor({ condition, onChange }: EditorProps) {
  const t = useText(editorWords);
  const mode = condition.mode ?? "wecom";
  return (
    <>
      <Pair name={t.tags}>
        <ThingSelect
          kind="tag"
          label={t.tags}
          value={condition.tag_ids}
          onChange={(tag_ids) => onChange({ ...condition, tag_ids })}
        />
      </Pair>
      <Pair name={t.tagMode} hint={t.tagMeans[mode]}>
        <Segmented
          value={mode}
          options={TAG_MODES.map((value) => ({ value, label: t.tagModes[value] }))}
          onChange={(next) => onChange({ ...condition, mode: next })}
        />
      </Pair>
      <Checkbox
        checked={condition.past ?? false}
        onChange={(event) => onChange({ ...condition, past: event.target.checked })}
      >
        <Term means={t.pastMeans}>{t.past}</Term>
      </Checkbox>
    </>
  );
}
