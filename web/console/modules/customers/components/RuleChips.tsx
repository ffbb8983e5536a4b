import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Tag } from "antd";
import { MAY } from "../../../permissions.ts";
import { useRuleWorldOf } from "../../audiences/hooks/useRuleWorld.ts";
import type { Rule as Told } from "../../audiences/rule/language.ts";
import { sentenceOf } from "../../audiences/rule/sentence.ts";
import { partsOf, type Rule, withoutPart } from "../api.ts";
import styles from "./Customer.module.css";
import { listWords } from "./listWords.ts";

type Props = { rule: Rule; onEdit?: () => void; onChange: (rule: string) => void };

const CHIP = { margin: 0, whiteSpace: "normal", maxWidth: "100%" } as const;

/** The conditions that the list is filtered by, in words, each to be taken away by itself. */
function Parts({ rule, onEdit, onChange }: Props) {
  const t = useText(listWords);
  const world = useRuleWorldOf([rule as Told]).data;
  return partsOf(rule).map((part, index) => {
    const words = world ? sentenceOf(part as Told, world.names, world.language) : t.rule;
    return (
      <Tag
        // biome-ignore lint/suspicious/noArrayIndexKey: two conditions may be the same
        key={index}
        closable={{ "aria-label": t.removeRule(words) }}
        style={CHIP}
        onClose={(event) => {
          event.preventDefault();
          onChange(withoutPart(rule, index));
        }}
      >
        {onEdit ? (
          <button type="button" className={styles.part} onClick={onEdit}>
            {words}
          </button>
        ) : (
          words
        )}
      </Tag>
    );
  });
}

/** Whoever may not read rules sees that there is one. */
export function RuleChips(props: Props) {
  const t = useText(listWords);
  const may = useMay();
  if (may(MAY.readAudiences)) return <Parts {...props} />;
  return (
    <Tag closable style={CHIP} onClose={() => props.onChange("")}>
      {t.rule}
    </Tag>
  );
}
