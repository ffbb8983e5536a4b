import type { Contact, Customer } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { Term } from "@kit/desk/Term.tsx";
import { formatMoment } from "@kit/format/time.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tag } from "antd";
import { Link } from "react-router";
import { customerWords } from "../words.ts";
import styles from "./Customer.module.css";

const words = defineMessages({
  zh: {
    title: "好友关系",
    none: "还没有员工加过这位客户。",
    remark: "备注",
    way: "来源",
    channel: "渠道",
    code: "活码",
    added: "本次添加",
    first: "首次添加",
    firstMeans:
      "企业微信只给出当前关系的添加时间；siyu 从开始观察起记住首次添加，不会被重新添加覆盖。",
    before: (since: string) => `接入前未知（${since} 起观察）`,
    lost: "流失时间",
  },
  en: {
    title: "Contacts",
    none: "No staff has added this customer yet.",
    remark: "Remark",
    way: "Came by",
    channel: "Channel",
    code: "Live code",
    added: "Added",
    first: "First added",
    firstMeans:
      "WeCom only tells when the current relation began; siyu keeps the first one since it has been watching.",
    before: (since) => `Unknown before connection (watching since ${since})`,
    lost: "Lost",
  },
});

function ContactFacts({ contact, since }: { contact: Contact; since: string }) {
  const t = useText(words);
  const names = useText(customerWords);
  return (
    <div className={styles.contact}>
      <div className={styles.contactHead}>
        <Person name={contact.staff.name} url={contact.staff.avatar_url} />
        <Tag color={contact.state === "active" ? "success" : "default"} style={{ margin: 0 }}>
          {names.contactStates[contact.state]}
        </Tag>
      </div>
      <dl className={styles.facts}>
        {contact.remark && (
          <>
            <dt>{t.remark}</dt>
            <dd>{contact.remark}</dd>
          </>
        )}
        <dt>{t.way}</dt>
        <dd>{contact.add_way ?? names.unknown}</dd>
        {contact.channel && (
          <>
            <dt>{t.channel}</dt>
            <dd>{contact.channel.name}</dd>
          </>
        )}
        {contact.live_code && (
          <>
            <dt>{t.code}</dt>
            <dd>
              <Link to={`/growth/live-codes/${contact.live_code.id}`}>
                {contact.live_code.name}
              </Link>
            </dd>
          </>
        )}
        <dt>{t.added}</dt>
        <dd>
          <Moment at={contact.added_at} />
        </dd>
        <dt>
          <Term means={t.firstMeans}>{t.first}</Term>
        </dt>
        <dd>
          {contact.first_add_at ? (
            <Moment at={contact.first_add_at} />
          ) : (
            t.before(formatMoment(since))
          )}
        </dd>
        {contact.lost_at && (
          <>
            <dt>{t.lost}</dt>
            <dd>
              <Moment at={contact.lost_at} />
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}

/** Each staff account that knows this customer, and since when. */
export function Contacts({ customer }: { customer: Customer }) {
  const t = useText(words);
  return (
    <Section title={t.title}>
      {customer.contacts.length === 0 && <p style={{ color: "var(--ink-faint)" }}>{t.none}</p>}
      {customer.contacts.map((contact) => (
        <ContactFacts key={contact.id} contact={contact} since={contact.watched_since} />
      ))}
    </Section>
  );
}
