import type { Customer } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { groupWords } from "../../groups/words.ts";
import { groupsOf } from "../panels.ts";
import styles from "./Customer.module.css";

const words = defineMessages({
  zh: { title: "所在客户群", none: "不在任何客户群里。", left: "离开于" },
  en: { title: "Groups", none: "In no customer group.", left: "left" },
});

/** The groups a customer is or was in. */
export function Groups({ customer }: { customer: Customer }) {
  const t = useText(words);
  const names = useText(groupWords);
  const groups = groupsOf(customer);
  return (
    <Section title={t.title}>
      {groups.length === 0 && <p style={{ color: "var(--ink-faint)" }}>{t.none}</p>}
      <dl className={styles.facts}>
        {groups.map((group) => (
          <div key={`${group.id} ${group.joined_at}`} style={{ display: "contents" }}>
            <dt>{group.name || names.unnamed}</dt>
            <dd>
              {[group.owner, names.scenes[group.scene]].filter(Boolean).join(" · ")}{" "}
              <span className={styles.when}>
                {group.left_at && `${t.left} `}
                <Moment at={group.left_at ?? group.joined_at} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
