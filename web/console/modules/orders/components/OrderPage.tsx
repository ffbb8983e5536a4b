import type { OrderFull } from "@kit/api/types.ts";
import { DeskTable } from "@kit/desk/list/DeskTable.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead, Section } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { formatCount, formatMoney } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useQuery } from "@tanstack/react-query";
import { Descriptions, Tag } from "antd";
import { Link, useParams } from "react-router";
import { useChannelOptions } from "../../channels/hooks/useChannels.ts";
import { readOrder } from "../api.ts";
import { orderWords } from "../words.ts";
import { MethodTag } from "./OrdersTable.tsx";

const words = defineMessages({
  zh: {
    order: (number: string) => `订单 ${number}`,
    attribution: "归因",
    how: "怎么知道的",
    windowHow: (days: string) => `时间窗口为付款前 ${days} 天。`,
    channel: "渠道",
    staff: "员工",
    touch: "触达",
    amount: "归因金额",
    basics: "订单",
    source: "来自",
    customer: "客户",
    matched: "匹配依据",
    total: "金额",
    phone: "手机",
    paid: "付款时间",
    received: "收到时间",
    lines: "商品",
    product: "商品",
    quantity: "数量",
    sum: "金额",
    refunds: "退款",
    at: "时间",
  },
  en: {
    order: (number) => `Order ${number}`,
    attribution: "Attribution",
    how: "How it is known",
    windowHow: (days) => `The window is ${days} days before payment.`,
    channel: "Channel",
    staff: "Staff",
    touch: "Touch",
    amount: "Attributed",
    basics: "Order",
    source: "From",
    customer: "Customer",
    matched: "Matched by",
    total: "Amount",
    phone: "Phone",
    paid: "Paid",
    received: "Received",
    lines: "Products",
    product: "Product",
    quantity: "Quantity",
    sum: "Amount",
    refunds: "Refunds",
    at: "Time",
  },
});

const COLUMNS = { xs: 1, md: 3 };

function AttributionSection({ order }: { order: OrderFull }) {
  const t = useText(words);
  const names = useText(orderWords);
  const channels = useChannelOptions();
  const { owed } = order;
  const method = owed?.method ?? "none";
  const channel = channels?.find((one) => one.value === String(owed?.channel_id))?.label;
  const touch = owed?.touch_kind && (names.touches[owed.touch_kind] ?? owed.touch_kind);
  const how = [
    names.methodMeans[method],
    method !== "touch" && t.windowHow(`${order.window_days}`),
  ];
  return (
    <Section title={t.attribution} extra={<MethodTag method={method} />}>
      <Descriptions
        column={COLUMNS}
        items={[
          { key: "channel", label: t.channel, children: channel ?? "—" },
          { key: "staff", label: t.staff, children: owed?.staff_name ?? "—" },
          {
            key: "touch",
            label: t.touch,
            children: touch ? (
              <>
                {touch}
                {owed?.material_title && `《${owed.material_title}》`}
              </>
            ) : (
              "—"
            ),
          },
          {
            key: "amount",
            label: t.amount,
            children: owed ? formatMoney(owed.amount_fen) : "—",
          },
          { key: "how", label: t.how, span: 2, children: how.filter(Boolean).join("") },
        ]}
      />
    </Section>
  );
}

function Whole({ order }: { order: OrderFull }) {
  const t = useText(words);
  const names = useText(orderWords);
  return (
    <>
      <PageHead
        title={t.order(order.external_id)}
        mark={<Tag>{names.states[order.state] ?? order.state}</Tag>}
        back={{ to: "/conversion/orders", label: names.orders }}
      />
      <AttributionSection order={order} />
      <Section title={t.basics}>
        <Descriptions
          column={COLUMNS}
          items={[
            {
              key: "customer",
              label: t.customer,
              children: order.customer_id ? (
                <Link to={`/people/customers/${order.customer_id}`}>{order.customer_name}</Link>
              ) : (
                names.waiting
              ),
            },
            {
              key: "matched",
              label: t.matched,
              children: order.match_method
                ? (names.matches[order.match_method] ?? order.match_method)
                : "—",
            },
            { key: "source", label: t.source, children: order.source_name },
            { key: "total", label: t.total, children: formatMoney(order.amount_fen) },
            { key: "phone", label: t.phone, children: order.phone ?? "—" },
            { key: "paid", label: t.paid, children: <Moment at={order.paid_at} /> },
            { key: "received", label: t.received, children: <Moment at={order.received_at} /> },
          ]}
        />
      </Section>
      {order.items.length > 0 && (
        <Section title={t.lines}>
          <DeskTable
            size="small"
            pagination={false}
            dataSource={order.items}
            rowKey={(line) => `${line.sku} ${line.name}`}
            columns={[
              { title: t.product, dataIndex: "name" },
              { title: "SKU", dataIndex: "sku" },
              {
                title: t.quantity,
                align: "right",
                render: (_, line) => formatCount(line.quantity),
              },
              { title: t.sum, align: "right", render: (_, line) => formatMoney(line.amount_fen) },
            ]}
          />
        </Section>
      )}
      {order.refunds.length > 0 && (
        <Section title={t.refunds}>
          <DeskTable
            size="small"
            pagination={false}
            dataSource={order.refunds}
            rowKey={(refund) => `${refund.refunded_at} ${refund.refund_fen}`}
            columns={[
              { title: t.at, render: (_, refund) => <Moment at={refund.refunded_at} /> },
              {
                title: t.sum,
                align: "right",
                render: (_, refund) => formatMoney(refund.refund_fen),
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
