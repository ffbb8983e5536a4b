import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import type { Explained } from "@kit/api/types.ts";
import { isRuleGroup, type Rule, ruleAt } from "../rule/language.ts";
import styles from "./Audiences.module.css";
import { useSentence } from "./RuleWorld.ts";

/** The conditions of a rule, in order; a group is told by what stands in it. */
function conditions(why: Explained, rule: Rule): Explained[] {
  if (!isRuleGroup(ruleAt(rule, why.path))) return [why];
  return (why.items ?? []).flatMap((item) => conditions(item, rule));
}

/** The conditions of a rule, each with whether it holds for one person, and their own value. */
export function WhyLines({ why, rule }: { why: Explained; rule: Rule }) {
  const say = useSentence();
  return conditions(why, rule).map(({ path, holds, has }) => (
    <div key={path} className={styles.whyLine}>
      <span className={holds ? styles.holds : styles.fails}>
        {holds ? <CheckCircleFilled /> : <CloseCircleFilled />}
      </span>
      <span>{say(ruleAt(rule, path))}</span>
      {has && <span className={styles.because}>{has}</span>}
    </div>
  ));
}
