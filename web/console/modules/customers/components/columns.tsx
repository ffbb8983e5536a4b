import type { CustomerRow } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { PersonStack } from "@kit/desk/PersonStack.tsx";
import { TagList } from "@kit/desk/TagList.tsx";
import { formatCount, formatMoney } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { type TableColumnsType, Tag } from "antd";
import { MAY } from "../../../permissions.ts";
import type { Order } from "../api.ts";
import { customerWords, STATE_COLOURS } from "../words.ts";
import { Bought } from "./Bought.tsx";

const words = defineMessages({
  zh: {
    name: "客户",
    tags: "标签",
    staff: "跟进员工",
    channel: "渠道",
    stage: "阶段",
    state: "好友关系",
    orders: "订单",
    gmv: "成交额",
    paid: "最近下单",
    added: "添加时间",
  },
  en: {
    name: "Customer",
    tags: "Tags",
    staff: "Staff",
    channel: "Channel",
    stage: "Stage",
    state: "Contact",
    orders: "Orders",
    gmv: "GMV",
    paid: "Last order",
    added: "Added",
  },
});

/** Columns that can be hidden, in their order. */
export const COLUMNS = [
  "tags",
  "staff",
  "channel",
  "stage",
  "state",
  "orders",
  "gmv",
  "paid",
  "added",
] as const;
export type Column = (typeof COLUMNS)[number];

/** The columns that a kept view names; all where it names none that there is. */
export function columnsOf(names: readonly string[]): readonly Column[] {
  const known = COLUMNS.filter((column) => names.includes(column));
  return known.length > 0 ? known : COLUMNS;
}

export function useColumnNames(): Record<Column | "name", string> {
  return useText(words);
}

/** The columns of the list that are wanted; the customer is always there. */
export function useColumns(
  shown: readonly Column[],
  order: Order | undefined,
): TableColumnsType<CustomerRow> {
  const t = useText(words);
  const names = useText(customerWords);
  const mayOrders = useMay()(MAY.readOrders);
  function sorted(key: Order): TableColumnsType<CustomerRow>[number] {
    const sortOrder = order === key ? "descend" : null;
    return { key, sorter: mayOrders, sortDirections: ["descend"], sortOrder };
  }
  const all: Record<Column, TableColumnsType<CustomerRow>[number]> = {
    tags: { render: (_, one) => <TagList tags={one.tags} /> },
    staff: { render: (_, one) => <PersonStack people={one.staff} /> },
    channel: { render: (_, one) => one.channel?.name ?? "—" },
    stage: { render: (_, one) => one.stage?.name ?? "—" },
    state: {
      render: (_, { state }) => (
        <Tag color={STATE_COLOURS[state ?? "none"]}>{names.states[state ?? "none"]}</Tag>
      ),
    },
    orders: {
      ...sorted("orders"),
      align: "right",
      render: (_, one) => <Bought value={one.order_count} show={formatCount} />,
    },
    gmv: {
      ...sorted("amount"),
      align: "right",
      render: (_, one) => <Bought value={one.gmv_fen} show={formatMoney} />,
    },
    paid: {
      ...sorted("last_paid"),
      render: (_, one) => (one.last_paid_at ? <Moment at={one.last_paid_at} /> : "—"),
    },
    added: { render: (_, one) => <Moment at={one.added_at} /> },
  };
  const wanted = COLUMNS.filter((column) => shown.includes(column));
  return [
    {
      title: t.name,
      render: (_, one) => (
        <Person
          name={one.name}
          url={one.avatar_url}
          note={[one.remark, names.kinds[one.kind]].filter(Boolean).join(" · ")}
        />
      ),
    },
    ...wanted.map((column) => ({ title: t[column], ...all[column] })),
  ];
}
