import type { Order } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { usePages } from "@kit/desk/list/usePages.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatMoney } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useRefreshing } from "@kit/realtime/useRefreshing.ts";
import { Tag, Tooltip } from "antd";
import { Link, useNavigate } from "react-router";
import { useChannelOptions } from "../../channels/hooks/useChannels.ts";
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

const METHOD_COLOURS: Record<string, string> = { touch: "success", window: "warning" };
const ORDERS_KEY = ["orders", "list"] as const;

export function MethodTag({ method }: { method: string }) {
  const names = useText(orderWords);
  return (
    <Tooltip title={names.methodMeans[method]}>
      <Tag color={METHOD_COLOURS[method]}>{names.methods[method] ?? method}</Tag>
    </Tooltip>
  );
}

type OrdersTableProps = { filters: OrderFilters; filtered?: boolean; onClear?: () => void };

/** Orders under some filters: on the orders page and beside a customer. */
export function OrdersTable({ filters, filtered, onClear }: OrdersTableProps) {
  const t = useText(words);
  const names = useText(orderWords);
  const navigate = useNavigate();
  const channels = useChannelOptions();
  const pages = usePages([...ORDERS_KEY, filters], (cursor) => listOrders({ ...filters, cursor }));
  useRefreshing(ORDERS_KEY, ({ type }) => type.startsWith("order."));

  function originOf({ owed }: Order): string {
    const channel = channels?.find((one) => one.value === String(owed?.channel_id))?.label;
    return [channel, owed?.staff_name].filter(Boolean).join(" / ") || "—";
  }

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
              <Link to={`/conversion/orders/${order.id}`}>{order.external_id}</Link>
              <div style={{ fontSize: 12, color: "var(--ink-faint)" }}>{order.source_name}</div>
            </>
          ),
        },
        {
          title: t.customer,
          render: (_, order) =>
            order.customer_id ? (
              <Person name={order.customer_name ?? ""} size={22} />
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
                <div style={{ fontSize: 12, color: "var(--attention-ink)" }}>
                  {t.refunded(formatMoney(order.refunded_fen))}
                </div>
              )}
            </>
          ),
        },
        { title: t.state, render: (_, { state }) => names.states[state] ?? state },
        {
          title: t.attribution,
          render: (_, order) => <MethodTag method={order.owed?.method ?? "none"} />,
        },
        { title: t.origin, render: (_, order) => originOf(order) },
        { title: t.paid, render: (_, order) => <Moment at={order.paid_at} /> },
      ]}
    />
  );
}
