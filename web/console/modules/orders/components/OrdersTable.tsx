import type { Order } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { usePages } from "@kit/desk/list/usePages.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatMoney } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tag, Tooltip } from "antd";
import { Link, useNavigate } from "react-router";
import { listOrders, type OrderFilters } from "../api.ts";
import { orderWords } from "../words.ts";

const words = defineMessages({
  zh: {
    number: "订单号",
    customer: "客户",
    amount: "金额",
    state: "状态",
    attribution: "归因",
    origin: "渠道 / 员工",
    paid: "付款时间",
    refunded: (money: string) => `已退 ${money}`,
    empty: "还没有订单",
    emptyText: "接入商城后，订单会自动归因到渠道、触达和员工。",
    connect: "接入订单",
  },
  en: {
    number: "Order",
    customer: "Customer",
    amount: "Amount",
    state: "State",
    attribution: "Attribution",
    origin: "Channel / staff",
    paid: "Paid",
    refunded: (money) => `${money} refunded`,
    empty: "No orders yet",
    emptyText: "Connect your shop; orders are then attributed to channel, touch and staff.",
    connect: "Connect a shop",
  },
});

const METHOD_COLOURS = { touch: "success", window: "warning", none: "default" } as const;

export function MethodTag({ method }: { method: "touch" | "window" | "none" }) {
  const names = useText(orderWords);
  return (
    <Tooltip title={names.methodMeans[method]}>
      <Tag color={METHOD_COLOURS[method]}>{names.methods[method]}</Tag>
    </Tooltip>
  );
}

type OrdersTableProps = { filters: OrderFilters; filtered?: boolean; onClear?: () => void };

/** Orders under some filters: on the orders page, beside a customer, behind a figure. */
export function OrdersTable({ filters, filtered, onClear }: OrdersTableProps) {
  const t = useText(words);
  const names = useText(orderWords);
  const navigate = useNavigate();
  const pages = usePages(["orders", "list", filters], (cursor) =>
    listOrders({ ...filters, cursor }),
  );
  return (
    <ListTable<Order>
      pages={pages}
      rowKey={(order) => order.id}
      filtered={filtered}
      onClearFilters={onClear}
      onOpen={(order) => navigate(`/conversion/orders/${order.id}`)}
      empty={
        <EmptyState
          title={t.empty}
          action={<Link to="/conversion/order-sources">{t.connect}</Link>}
        >
          {t.emptyText}
        </EmptyState>
      }
      columns={[
        {
          title: t.number,
          render: (_, order) => (
            <>
              <Link to={`/conversion/orders/${order.id}`}>{order.number}</Link>
              <div style={{ fontSize: 12, color: "var(--ink-faint)" }}>{order.source.name}</div>
            </>
          ),
        },
        {
          title: t.customer,
          render: (_, order) =>
            order.customer ? (
              <Person name={order.customer.name} url={order.customer.avatar_url} size={22} />
            ) : (
              <span style={{ color: "var(--ink-faint)" }}>{names.waiting}</span>
            ),
        },
        {
          title: t.amount,
          align: "right",
          render: (_, order) => (
            <>
              {formatMoney(order.amount_fen)}
              {order.refunded_fen > 0 && (
                <div style={{ fontSize: 12, color: "var(--attention)" }}>
                  {t.refunded(formatMoney(order.refunded_fen))}
                </div>
              )}
            </>
          ),
        },
        { title: t.state, render: (_, order) => names.states[order.state] },
        {
          title: t.attribution,
          render: (_, order) => <MethodTag method={order.attribution?.method ?? "none"} />,
        },
        {
          title: t.origin,
          render: (_, { attribution }) =>
            [attribution?.channel?.name, attribution?.staff?.name].filter(Boolean).join(" / ") ||
            "—",
        },
        { title: t.paid, render: (_, order) => <Moment at={order.paid_at} /> },
      ]}
    />
  );
}
