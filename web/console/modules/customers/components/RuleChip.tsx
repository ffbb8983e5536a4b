import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Tag } from "antd";
import { MAY } from "../../../permissions.ts";
import { useRuleWorldOf } from "../../audiences/hooks/useRuleWorld.ts";
import type { Rule } from "../../audiences/rule/language.ts";
import { sentenceOf } from "../../audiences/rule/sentence.ts";
import { ruleIn } from "../api.ts";
import { listWords } from "./listWords.ts";

type Props = { text: string; onRemove: () => void };

function Sentence({ rule }: { rule: Rule }) {
  const world = useRuleWorldOf([rule]).data;
  return world && `：${sentenceOf(rule, world.names, world.language)}`;
}

/** The rule that the list is filtered by, told to whoever may read rules. */
export function RuleChip({ text, onRemove }: Props) {
  const t = useText(listWords);
  const may = useMay();
  const rule = ruleIn(text) as Rule | null;
  return (
    <Tag closable onClose={onRemove} style={{ margin: 0, whiteSpace: "normal" }}>
      {t.rule}
      {rule && may(MAY.readAudiences) && <Sentence rule={rule} />}
    </Tag>
  );
}
