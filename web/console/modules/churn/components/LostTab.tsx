import type { LostRow } from "@kit/api/types.ts";
import { FilterBar, FilterChip } from "@kit/desk/list/FilterBar.tsx";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatDuration } from "@kit/format/numbers.ts";
import { formatMoment } from "@kit/format/time.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Space, Tag } from "antd";
import { Link, useNavigate } from "react-router";
import { useChannelOptions } from "../../channels/hooks/useChannels.ts";
import { useStaffOptions } from "../../staff/hooks/useStaff.ts";
import { LOST_BY, LOST_FILTERS, useLost } from "../api.ts";
import { churnWords } from "../words.ts";

/** Friendships that ended: who, when, by whom, how old, through which channel. */
export function LostTab() {
  const t = useText(churnWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const filters = useFilters(LOST_FILTERS);
  const { values, change } = filters;
  const staff = useStaffOptions();
  const channels = useChannelOptions();
  const pages = useLost(values);
  return (
    <>
      <FilterBar filtered={filters.filtered} onClear={filters.clear}>
        <FilterChip
          name={t.reason}
          value={values.by}
          options={LOST_BY.map((value) => ({ value, label: t.by[value] }))}
          onChange={(by) => change({ by })}
        />
        <FilterChip
          name={t.staff}
          value={values.staff}
          options={staff}
          onChange={(one) => change({ staff: one })}
        />
        <FilterChip
          name={t.channel}
          value={values.channel}
          options={channels}
          onChange={(channel) => change({ channel })}
        />
        <FilterChip
          name={t.firstDay}
          value={values.first_day}
          options={[{ value: "yes", label: t.yes }]}
          onChange={(first_day) => change({ first_day })}
        />
        {values.since && (
          <FilterChip
            name={t.since}
            value={values.since}
            options={[{ value: values.since, label: formatMoment(values.since) }]}
            onChange={(since) => change({ since })}
          />
        )}
      </FilterBar>
      <p style={{ marginBottom: 12 }}>
        <Link to="/growth/channels">{t.firstDayRate}</Link>
      </p>
      <ListTable<LostRow>
        pages={pages}
        rowKey={(one) => one.contact_id}
        filtered={filters.filtered}
        onClearFilters={filters.clear}
        onOpen={(one) => navigate(`/people/customers/${one.customer_id}`)}
        empty={<EmptyState title={t.lostEmpty}>{t.lostEmptyText}</EmptyState>}
        columns={[
          {
            title: t.customer,
            render: (_, one) => (
              <Space wrap>
                <Person name={one.name} url={one.avatar_url} />
                {one.has_other_friends && <Tag color="success">{t.others}</Tag>}
              </Space>
            ),
          },
          {
            title: t.staff,
            render: (_, one) => <Person name={one.staff.name} url={one.staff.avatar_url} />,
          },
          { title: t.reason, render: (_, one) => t.by[one.by] },
          { title: t.at, render: (_, one) => <Moment at={one.lost_at} /> },
          {
            title: t.age,
            align: "right",
            render: (_, one) =>
              one.age_seconds === null ? "—" : formatDuration(one.age_seconds, language),
          },
          { title: t.channel, render: (_, one) => one.channel?.name ?? "—" },
        ]}
      />
    </>
  );
}
