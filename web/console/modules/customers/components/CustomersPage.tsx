import type { CustomerRow } from "@kit/api/types.ts";
import { FilterBar, FilterChip } from "@kit/desk/list/FilterBar.tsx";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { PersonStack } from "@kit/desk/PersonStack.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { TagList } from "@kit/desk/TagList.tsx";
import { formatCount, formatMoney } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tag } from "antd";
import { useState } from "react";
import { useChannelOptions } from "../../channels/hooks/useChannels.ts";
import { useStaffOptions } from "../../staff/hooks/useStaff.ts";
import { useTagOptions } from "../../tags/hooks/useTags.ts";
import { CUSTOMER_FILTERS, filtersOf } from "../api.ts";
import { useCustomerNews, useCustomers } from "../hooks/useCustomers.ts";
import { customerWords, STATE_COLOURS } from "../words.ts";
import { Bought } from "./Bought.tsx";
import { CustomerDrawer } from "./CustomerDrawer.tsx";

const words = defineMessages({
  zh: {
    find: "昵称、备注",
    tag: "标签",
    staff: "跟进员工",
    channel: "渠道",
    code: "活码",
    state: "状态",
    name: "客户",
    added: "添加时间",
    orders: "订单",
    gmv: "成交额",
    empty: "还没有客户",
    emptyText: "连接企业微信并同步后，已有的客户会出现在这里；之后每位扫码的新客户也会。",
  },
  en: {
    find: "Nickname, remark",
    tag: "Tag",
    staff: "Staff",
    channel: "Channel",
    code: "Live code",
    state: "State",
    name: "Customer",
    added: "Added",
    orders: "Orders",
    gmv: "GMV",
    empty: "No customers yet",
    emptyText: "Connect and sync WeCom to see your customers here; new ones follow by themselves.",
  },
});

const STATES = ["active", "lost"] as const;

export function CustomersPage() {
  const t = useText(words);
  const names = useText(customerWords);
  const filters = useFilters(CUSTOMER_FILTERS);
  const { values, change } = filters;
  const [open, setOpen] = useState<number | null>(null);
  const tags = useTagOptions();
  const staff = useStaffOptions();
  const channels = useChannelOptions();
  const pages = useCustomers(filtersOf(values));
  useCustomerNews();
  return (
    <>
      <PageHead title={names.customers} />
      <FilterBar
        search={{ value: values.q, placeholder: t.find, onChange: (q) => change({ q }) }}
        filtered={filters.filtered}
        onClear={filters.clear}
      >
        <FilterChip
          name={t.tag}
          value={values.tag}
          options={tags}
          onChange={(tag) => change({ tag })}
        />
        <FilterChip
          name={t.staff}
          value={values.staff}
          options={staff}
          onChange={(one) => change({ staff: one })}
        />
        {channels && (
          <FilterChip
            name={t.channel}
            value={values.channel}
            options={channels}
            onChange={(channel) => change({ channel })}
          />
        )}
        <FilterChip
          name={t.state}
          value={values.state}
          options={STATES.map((value) => ({ value, label: names.states[value] }))}
          onChange={(state) => change({ state })}
        />
      </FilterBar>
      <ListTable<CustomerRow>
        pages={pages}
        rowKey={(customer) => customer.id}
        filtered={filters.filtered}
        onClearFilters={filters.clear}
        onOpen={(customer) => setOpen(customer.id)}
        empty={<EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
        columns={[
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
          { title: t.tag, render: (_, one) => <TagList tags={one.tags} /> },
          { title: t.staff, render: (_, one) => <PersonStack people={one.staff} /> },
          { title: t.channel, render: (_, one) => one.channel?.name ?? "—" },
          {
            title: t.state,
            render: (_, one) => (
              <Tag color={STATE_COLOURS[one.state]}>{names.states[one.state]}</Tag>
            ),
          },
          {
            title: t.orders,
            align: "right",
            render: (_, one) => <Bought value={one.order_count} show={formatCount} />,
          },
          {
            title: t.gmv,
            align: "right",
            render: (_, one) => <Bought value={one.gmv_fen} show={formatMoney} />,
          },
          { title: t.added, render: (_, one) => <Moment at={one.added_at} /> },
        ]}
      />
      {open !== null && <CustomerDrawer id={open} onClose={() => setOpen(null)} />}
    </>
  );
}
