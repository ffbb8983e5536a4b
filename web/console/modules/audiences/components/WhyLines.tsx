import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import type { Explained, Has } from "@kit/api/types.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { isDenied, isRuleGroup, type Rule, ruleAt } from "../rule/language.ts";
import styles from "./Audiences.module.css";
import { useHas, useSentence } from "./RuleWorld.ts";

const words = defineMessages({
  zh: { not: (condition: string) => `不应满足：${condition}` },
  en: { not: (condition) => `must not hold: ${condition}` },
});

type LineProps = { rule: Rule; path: string; holds: boolean; has?: Has | null };

/** A condition of a rule, whether it speaks for a person, and their own value. */
export function WhyLine({ rule, path, holds, has }: LineProps) {
  const t = useText(words);
  const say = useSentence();
  const sayHas = useHas();
  const denied = isDenied(rule, path);
  const speaksFor = holds !== denied;
  const asked = ruleAt(rule, path);
  const said = say(asked);
  const because = sayHas(has, asked);
  return (
    <div className={styles.whyLine}>
      <span className={speaksFor ? styles.holds : styles.fails}>
        {speaksFor ? <CheckCircleFilled /> : <CloseCircleFilled />}
      </span>
      <span>{denied ? t.not(said) : said}</span>
      {because && <span className={styles.because}>{because}</span>}
    </div>
  );
}

/** The conditions of a rule, in order; a group is told by what stands in it. */
function conditions(why: Explained, rule: Rule): Explained[] {
  if (!isRuleGroup(ruleAt(rule, why.path))) return [why];
  return (why.items ?? []).flatMap((item) => conditions(item, rule));
}

/** The conditions of a rule, each with whether it speaks for one person, and their own value. */
export function WhyLines({ why, rule }: { why: Explained; rule: Rule }) {
  return conditions(why, rule).map(({ path, holds, has }) => (
    <WhyLine key={path} rule={rule} path={path} holds={holds} has={has} />
  ));
}
