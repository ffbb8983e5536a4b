import type { GroupRow } from "@kit/api/types.ts";
import { FilterBar, FilterChip } from "@kit/desk/list/FilterBar.tsx";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tag } from "antd";
import { useState } from "react";
import { useStaffOptions } from "../../staff/hooks/useStaff.ts";
import { filtersOf, GROUP_FILTERS, GROUP_STATES } from "../api.ts";
import { useGroups } from "../useGroups.ts";
import { GROUP_COLOURS, groupWords } from "../words.ts";
import { GroupDrawer } from "./GroupDrawer.tsx";

const words = defineMessages({
  zh: {
    find: "群名",
    name: "群",
    owner: "群主",
    state: "状态",
    members: "群成员",
    customers: "其中客户",
    created: "建群时间",
    empty: "还没有客户群",
    emptyText: "连接企业微信并同步后，员工建的客户群会出现在这里；之后的进群、退群会自动更新。",
  },
  en: {
    find: "Name",
    name: "Group",
    owner: "Owner",
    state: "State",
    members: "Members",
    customers: "Customers",
    created: "Created",
    empty: "No groups yet",
    emptyText:
      "Connect and sync WeCom to see the groups of your staff; changes follow by themselves.",
  },
});

/** A figure of a group; a dash until the group has been read. */
function Count({ value }: { value: number | null }) {
  return <>{value === null ? "—" : formatCount(value)}</>;
}

export function GroupsPage() {
  const t = useText(words);
  const names = useText(groupWords);
  const filters = useFilters(GROUP_FILTERS);
  const { values, change } = filters;
  const [open, setOpen] = useState<number | null>(null);
  const staff = useStaffOptions();
  const pages = useGroups(filtersOf(values));
  return (
    <>
      <PageHead title={names.groups} />
      <FilterBar
        search={{ value: values.q, placeholder: t.find, onChange: (q) => change({ q }) }}
        filtered={filters.filtered}
        onClear={filters.clear}
      >
        <FilterChip
          name={t.owner}
          value={values.owner}
          options={staff}
          onChange={(owner) => change({ owner })}
        />
        <FilterChip
          name={t.state}
          value={values.state}
          options={GROUP_STATES.map((value) => ({ value, label: names.states[value] }))}
          onChange={(state) => change({ state })}
        />
      </FilterBar>
      <ListTable<GroupRow>
        pages={pages}
        rowKey={(group) => group.id}
        filtered={filters.filtered}
        onClearFilters={filters.clear}
        onOpen={(group) => setOpen(group.id)}
        empty={<EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
        columns={[
          { title: t.name, render: (_, one) => one.name || names.unnamed },
          {
            title: t.owner,
            render: (_, one) =>
              one.owner ? (
                <Person name={one.owner.name} url={one.owner.avatar_url} />
              ) : (
                names.noOwner
              ),
          },
          {
            title: t.state,
            render: (_, one) => (
              <Tag color={GROUP_COLOURS[one.state]}>{names.states[one.state]}</Tag>
            ),
          },
          { title: t.members, align: "right", render: (_, one) => <Count value={one.members} /> },
          {
            title: t.customers,
            align: "right",
            render: (_, one) => <Count value={one.customers} />,
          },
          { title: t.created, render: (_, one) => <Moment at={one.created_at} /> },
        ]}
      />
      {open !== null && <GroupDrawer id={open} onClose={() => setOpen(null)} />}
    </>
  );
}
