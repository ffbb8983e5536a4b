import type { Condition } from "../../rule/language.ts";
import { AttributeEditor } from "./AttributeEditor.tsx";
import { BehaviourEditor } from "./BehaviourEditor.tsx";
import { FieldEditor } from "./FieldEditor.tsx";
import { FriendshipEditor } from "./FriendshipEditor.tsx";
import { AudienceEditor, GroupsEditor, RfmEditor } from "./SmallEditors.tsx";
import { TagsEditor } from "./TagsEditor.tsx";

type EditorProps = { condition: Condition; onChange: (condition: Condition) => void };

/** The editor of a condition, by its kind. */
export function ConditionEditor({ condition, onChange }: EditorProps) {
  switch (condition.kind) {
    case "attribute":
      return <AttributeEditor condition={condition} onChange={onChange} />;
    case "field":
      return <FieldEditor condition={condition} onChange={onChange} />;
    case "tags":
      return <TagsEditor condition={condition} onChange={onChange} />;
    case "contact":
      return <FriendshipEditor condition={condition} onChange={onChange} />;
    case "behaviour":
      return <BehaviourEditor condition={condition} onChange={onChange} />;
    case "rfm":
      return <RfmEditor condition={condition} onChange={onChange} />;
    case "groups":
      return <GroupsEditor condition={condition} onChange={onChange} />;
    case "audience":
      return <AudienceEditor condition={condition} onChange={onChange} />;
  }
}
