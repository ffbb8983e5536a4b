import type { OrderFull } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead, Section } from "@kit/desk/PageHead.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { formatCount, formatMoney } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useQuery } from "@tanstack/react-query";
import { Descriptions, Table, Tag } from "antd";
import { Link, useParams } from "react-router";
import { readOrder } from "../api.ts";
import { orderWords } from "../words.ts";
import { MethodTag } from "./OrdersTable.tsx";

const words = defineMessages({
  zh: {
    order: (number: string) => `订单 ${number}`,
    attribution: "归因",
    how: "怎么知道的",
    channel: "渠道",
    staff: "员工",
    touch: "触达",
    none: "—",
    basics: "订单",
    source: "来自",
    customer: "客户",
    matched: "匹配依据",
    amount: "金额",
    paid: "付款时间",
    lines: "商品",
    product: "商品",
    quantity: "数量",
    refunds: "退款",
    number: "退款单号",
    reason: "原因",
    at: "时间",
  },
  en: {
    order: (number) => `Order ${number}`,
    attribution: "Attribution",
    how: "How it is known",
    channel: "Channel",
    staff: "Staff",
    touch: "Touch",
    none: "—",
    basics: "Order",
    source: "From",
    customer: "Customer",
    matched: "Matched by",
    amount: "Amount",
    paid: "Paid",
    lines: "Products",
    product: "Product",
    quantity: "Quantity",
    refunds: "Refunds",
    number: "Refund",
    reason: "Reason",
    at: "Time",
  },
});

function Whole({ order }: { order: OrderFull }) {
  const t = useText(words);
  const names = useText(orderWords);
  const { attribution } = order;
  return (
    <>
      <PageHead
        title={t.order(order.number)}
        mark={<Tag>{names.states[order.state]}</Tag>}
        back={{ to: "/conversion/orders", label: names.orders }}
      />
      <Section title={t.attribution} extra={<MethodTag method={attribution?.method ?? "none"} />}>
        <Descriptions
          column={{ xs: 1, md: 3 }}
          items={[
            { key: "channel", label: t.channel, children: attribution?.channel?.name ?? t.none },
            {
              key: "staff",
              label: t.staff,
              children: attribution?.staff ? (
                <Person
                  name={attribution.staff.name}
                  url={attribution.staff.avatar_url}
                  size={22}
                />
              ) : (
                t.none
              ),
            },
            {
              key: "touch",
              label: t.touch,
              children: attribution?.touch ? (
                <span>
                  {attribution.touch.title} <Moment at={attribution.touch.at} />
                </span>
              ) : (
                t.none
              ),
            },
            {
              key: "how",
              label: t.how,
              span: 3,
              children: attribution?.explanation || names.methodMeans.none,
            },
          ]}
        />
      </Section>
      <Section title={t.basics}>
        <Descriptions
          column={{ xs: 1, md: 3 }}
          items={[
            {
              key: "customer",
              label: t.customer,
              children: order.customer ? (
                <Link to={`/people/customers/${order.customer.id}`}>{order.customer.name}</Link>
              ) : (
                names.waiting
              ),
            },
            { key: "matched", label: t.matched, children: order.matched_by ?? t.none },
            { key: "source", label: t.source, children: order.source.name },
            { key: "amount", label: t.amount, children: formatMoney(order.amount_fen) },
            { key: "paid", label: t.paid, children: <Moment at={order.paid_at} /> },
          ]}
        />
      </Section>
      {order.lines.length > 0 && (
        <Section title={t.lines}>
          <Table
            size="small"
            pagination={false}
            dataSource={order.lines}
            rowKey={(line) => `${line.sku} ${line.name}`}
            columns={[
              { title: t.product, dataIndex: "name" },
              { title: "SKU", dataIndex: "sku" },
              {
                title: t.quantity,
                align: "right",
                render: (_, line) => formatCount(line.quantity),
              },
              {
                title: t.amount,
                align: "right",
                render: (_, line) => formatMoney(line.amount_fen),
              },
            ]}
          />
        </Section>
      )}
      {order.refunds.length > 0 && (
        <Section title={t.refunds}>
          <Table
            size="small"
            pagination={false}
            dataSource={order.refunds}
            rowKey={(refund) => refund.number}
            columns={[
              { title: t.number, dataIndex: "number" },
              { title: t.reason, dataIndex: "reason" },
              { title: t.at, render: (_, refund) => <Moment at={refund.at} /> },
              {
                title: t.amount,
                align: "right",
                render: (_, refund) => formatMoney(refund.amount_fen),
              },
            ]}
          />
        </Section>
      )}
    </>
  );
}

export function OrderPage() {
  const { id } = useParams();
  const order = useQuery({
    queryKey: ["orders", Number(id)],
    queryFn: () => readOrder(Number(id)),
  });
  return <Reading query={order}>{(found) => <Whole order={found} />}</Reading>;
}
