import type { Customer } from "@kit/api/types.ts";
import { Section } from "@kit/desk/PageHead.tsx";
import { Term } from "@kit/desk/Term.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { preferenceOf } from "../panels.ts";
import styles from "./Customer.module.css";

const words = defineMessages({
  zh: {
    title: "内容偏好",
    means: "按内容所属的主题统计这位客户打开过的次数，多的在前。一篇内容有几个主题，就各算一次。",
    none: "还没有读过带主题的内容。",
    times: (count: string) => `${count} 次`,
  },
  en: {
    title: "Reads most",
    means:
      "How often this customer opened content of each topic. Content with several topics counts for each.",
    none: "Has read nothing with a topic yet.",
    times: (count) => `${count} times`,
  },
});

/** What a customer likes to read, by topic. */
export function Preference({ customer }: { customer: Customer }) {
  const t = useText(words);
  const topics = preferenceOf(customer);
  const most = topics[0]?.times ?? 1;
  return (
    <Section title={<Term means={t.means}>{t.title}</Term>}>
      {topics.length === 0 && <p style={{ color: "var(--ink-faint)" }}>{t.none}</p>}
      <dl className={styles.facts}>
        {topics.map(({ topic, times }) => (
          <div key={topic} style={{ display: "contents" }}>
            <dt>{topic}</dt>
            <dd className={styles.share}>
              <span
                className={styles.bar}
                style={{ width: `${(times / most) * 60}%` }}
                aria-hidden="true"
              />
              {t.times(formatCount(times))}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
