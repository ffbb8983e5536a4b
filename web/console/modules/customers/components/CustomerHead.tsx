import type { Customer } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Face } from "@kit/desk/Person.tsx";
import { TagList } from "@kit/desk/TagList.tsx";
import { formatCount, formatMoney } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tag } from "antd";
import type { ReactNode } from "react";
import { customerWords } from "../words.ts";
import styles from "./Customer.module.css";

const words = defineMessages({
  zh: { orders: "订单", gmv: "成交额", views: "阅读", active: "最近活跃", noTags: "还没有标签" },
  en: { orders: "Orders", gmv: "GMV", views: "Readings", active: "Last active", noTags: "No tags" },
});

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <dl className={styles.figure}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </dl>
  );
}

/** Who it is, how it stands, and the main figures. */
export function CustomerHead({ customer }: { customer: Customer }) {
  const t = useText(words);
  const names = useText(customerWords);
  return (
    <section className={styles.head}>
      <div className={styles.who}>
        <Face name={customer.name} url={customer.avatar_url} size={56} />
        <div>
          <h1 className={styles.name}>
            {customer.name}
            <Tag color={customer.state === "active" ? "success" : "default"}>
              {names.states[customer.state]}
            </Tag>
          </h1>
          {customer.tags.length ? <TagList tags={customer.tags} max={12} /> : t.noTags}
        </div>
      </div>
      <div className={styles.figures}>
        <Figure name={t.orders}>{formatCount(customer.order_count)}</Figure>
        <Figure name={t.gmv}>{formatMoney(customer.gmv_fen)}</Figure>
        <Figure name={t.views}>{formatCount(customer.view_count)}</Figure>
        <Figure name={t.active}>
          <Moment at={customer.last_active_at} />
        </Figure>
      </div>
    </section>
  );
}
