import type { Customer } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Face } from "@kit/desk/Person.tsx";
import { TagList } from "@kit/desk/TagList.tsx";
import { formatCount, formatMoney } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tag } from "antd";
import type { ReactNode } from "react";
import { readingsOf } from "../panels.ts";
import { customerWords, STATE_COLOURS } from "../words.ts";
import { Bought } from "./Bought.tsx";
import styles from "./Customer.module.css";

const words = defineMessages({
  zh: { orders: "订单", gmv: "成交额", views: "阅读", active: "最近阅读", noTags: "还没有标签" },
  en: { orders: "Orders", gmv: "GMV", views: "Readings", active: "Last read", noTags: "No tags" },
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
  const readings = readingsOf(customer);
  return (
    <section className={styles.head}>
      <div className={styles.who}>
        <Face name={customer.name} url={customer.avatar_url} size={56} />
        <div>
          <h1 className={styles.name}>
            {customer.name}
            {customer.state && (
              <Tag color={STATE_COLOURS[customer.state]}>{names.states[customer.state]}</Tag>
            )}
          </h1>
          {customer.tags.length ? <TagList tags={customer.tags} max={12} /> : t.noTags}
        </div>
      </div>
      <div className={styles.figures}>
        <Figure name={t.orders}>
          <Bought value={customer.order_count} show={formatCount} />
        </Figure>
        <Figure name={t.gmv}>
          <Bought value={customer.gmv_fen} show={formatMoney} />
        </Figure>
        <Figure name={t.views}>{formatCount(readings.times)}</Figure>
        <Figure name={t.active}>
          <Moment at={readings.last_at} />
        </Figure>
      </div>
    </section>
  );
}
