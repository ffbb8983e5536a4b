import { useText } from "@kit/i18n/messages.ts";
import type { Rule } from "../rule/language.ts";
import { TEMPLATE_KEYS, templateRule, templateWords } from "../rule/templates.ts";
import styles from "./Builder.module.css";
import { useRuleWorld } from "./RuleWorld.ts";

type TemplatesProps = { onChoose: (rule: Rule, name: string) => void };

/** Common cases of the trade to begin with. */
export function Templates({ onChoose }: TemplatesProps) {
  const t = useText(templateWords);
  const { fields } = useRuleWorld();
  return (
    <div className={styles.templates}>
      {TEMPLATE_KEYS.map((key) => {
        const rule = templateRule(key, fields);
        return (
          <button
            key={key}
            type="button"
            className={styles.template}
            disabled={!rule}
            onClick={() => rule && onChoose(rule, t[key].name)}
          >
            <strong>{t[key].name}</strong>
            <span>{rule ? t[key].hint : t.noDate}</span>
          </button>
        );
      })}
    </div>
  );
}
