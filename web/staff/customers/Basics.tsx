import type { Customer } from "@kit/api/types.ts";
import { formatMoney } from "@kit/format/numbers.ts";
import { formatMoment, formatRelative } from "@kit/format/time.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import ui from "../ui/ui.module.css";
import css from "./customers.module.css";
import { panelsOf } from "./panels.ts";
import { customerWords } from "./words.ts";

type Field = { name: string; value: string | false | null | undefined };

/** Without it orders are not shown: that none are told does not mean that there are none. */
export const READ_ORDERS = "orders.read";

function useFields(customer: Customer): Field[] {
  const text = useText(customerWords);
  const language = useLanguage();
  const { readings } = panelsOf(customer.panels);
  const own = customer.contacts[0];
  const names = text.fields;
  const mayReadOrders = useMay()(READ_ORDERS);
  const bought =
    customer.order_count === null
      ? mayReadOrders && text.shopOff
      : text.ordersOf(customer.order_count, formatMoney(customer.gmv_fen ?? 0));
  return [
    { name: names.remark, value: own?.remark },
    { name: names.phone, value: customer.phone_masked },
    { name: names.corp, value: customer.corp_name },
    { name: names.channel, value: own?.channel?.name },
    { name: names.liveCode, value: own?.live_code?.name },
    { name: names.addedAt, value: own?.added_at && formatMoment(own.added_at) },
    {
      name: names.firstAddAt,
      value: customer.first_add_at ? formatMoment(customer.first_add_at) : text.beforeWatching,
    },
    {
      name: names.followers,
      value: customer.contacts
        .map((contact) =>
          contact.state === "active"
            ? contact.staff.name
            : `${contact.staff.name}（${text.contactStates[contact.state]}）`,
        )
        .join("、"),
    },
    { name: names.reads, value: readings && text.times(readings.times) },
    {
      name: names.lastRead,
      value: readings?.last_at && formatRelative(readings.last_at, language),
    },
    { name: names.bought, value: bought },
  ];
}

/** What is known of a customer, and what cannot be known. */
export function Basics({ customer }: { customer: Customer }) {
  const text = useText(customerWords);
  const fields = useFields(customer);
  return (
    <div className={ui.card}>
      <dl className={css.fields}>
        {fields.map(
          ({ name, value }) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        {customer.tags.length > 0 && (
          <div>
            <dt>{text.tags}</dt>
            <dd className={ui.tags}>
              {customer.tags.map((tag) => (
                <span key={tag.id} className={ui.tag}>
                  {tag.name}
                </span>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </div>
  );
}

/** The latest orders. */
export function Orders({ customer }: { customer: Customer }) {
  const text = useText(customerWords);
  const { orders } = panelsOf(customer.panels);
  if (orders.length === 0) {
    return (
      <p className={ui.warning}>{customer.order_count === null ? text.shopOff : text.noOrders}</p>
    );
  }
  return (
    <ul className={ui.card}>
      {orders.map((order) => (
        <li key={order.id} className={ui.row}>
          <div className={ui.grow}>
            <p>{formatMoney(order.amount_fen)}</p>
            <p className={`${ui.line} ${ui.soft}`}>
              {formatMoment(order.paid_at)} · {order.external_id}
            </p>
          </div>
          <span className={ui.tag} data-tone={order.state === "paid" ? "good" : "quiet"}>
            {text.orderStates[order.state]}
          </span>
        </li>
      ))}
    </ul>
  );
}
