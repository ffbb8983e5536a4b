import type { Customer } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { Term } from "@kit/desk/Term.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { customerWords } from "../words.ts";
import styles from "./Customer.module.css";

const words = defineMessages({
  zh: {
    basics: "基本信息",
    kind: "来自",
    gender: "性别",
    phone: "手机",
    identities: "身份",
    identitiesMeans:
      "siyu 认识这个人的各个编号。unionid 相同的就是同一个人，企业微信、公众号和订单由此对上。",
    linked: "关联于",
  },
  en: {
    basics: "Basics",
    kind: "From",
    gender: "Gender",
    phone: "Phone",
    identities: "Identities",
    identitiesMeans:
      "The ids by which siyu knows this person. The same unionid is the same person across WeCom, official account and orders.",
    linked: "linked",
  },
});

export function Basics({ customer }: { customer: Customer }) {
  const t = useText(words);
  const names = useText(customerWords);
  return (
    <>
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
      <Section title={<Term means={t.identitiesMeans}>{t.identities}</Term>}>
        <dl className={styles.facts}>
          {customer.identities.map((identity) => (
            <div key={`${identity.kind} ${identity.value}`} style={{ display: "contents" }}>
              <dt>{identity.kind}</dt>
              <dd>
                {identity.value}{" "}
                <span className={styles.when}>
                  {t.linked} <Moment at={identity.linked_at} />
                </span>
              </dd>
            </div>
          ))}
        </dl>
      </Section>
    </>
  );
}
