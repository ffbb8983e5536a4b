import type { Customer } from "@kit/api/types.ts";
import { Section } from "@kit/desk/PageHead.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { customerWords } from "../words.ts";
import styles from "./Customer.module.css";

const words = defineMessages({
  zh: {
    basics: "基本信息",
    kind: "来自",
    gender: "性别",
    phone: "手机",
  },
  en: {
    basics: "Basics",
    kind: "From",
    gender: "Gender",
    phone: "Phone",
  },
});

export function Basics({ customer }: { customer: Customer }) {
  const t = useText(words);
  const names = useText(customerWords);
  return (
    <Section title={t.basics}>
      <dl className={styles.facts}>
        <dt>{t.kind}</dt>
        <dd>{[names.kinds[customer.kind], customer.corp_name].filter(Boolean).join(" · ")}</dd>
        <dt>{t.gender}</dt>
        <dd>{customer.gender ? names.genders[customer.gender] : names.unknown}</dd>
        <dt>{t.phone}</dt>
        <dd>{customer.phone_masked ?? names.unknown}</dd>
      </dl>
    </Section>
  );
}
