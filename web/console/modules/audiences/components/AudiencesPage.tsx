import { PlusOutlined } from "@ant-design/icons";
import type { AudienceRow } from "@kit/api/types.ts";
import { FilterBar, FilterChip } from "@kit/desk/list/FilterBar.tsx";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Tag } from "antd";
import { Link, useNavigate } from "react-router";
import { MAY } from "../../../permissions.ts";
import { AUDIENCE_FILTERS, AUDIENCE_KINDS, filtersOf } from "../api.ts";
import { useAudiences } from "../hooks/useAudiences.ts";
import { audienceWords } from "../words.ts";
import styles from "./Audiences.module.css";
import { KindTag } from "./KindTag.tsx";
import { Trend } from "./Trend.tsx";
import { UsedBy } from "./UsedBy.tsx";

const words = defineMessages({
  zh: {
    add: "新建人群",
    find: "人群名称",
    kind: "类型",
    kinds: { rule: "按条件", list: "名单" },
    archived: "归档",
    archivedOnly: "已归档",
    name: "人群",
    keeping: "更新方式",
    state: "状态",
    people: "人数",
    usedBy: "被引用",
    checked: "更新到",
    by: "创建人",
    hidden: "仅全部可见范围",
    waiting: "构建后可见",
    empty: "还没有人群",
    emptyText:
      "把条件存成人群：新客未下单、沉睡老客、高价值客户……人数随条件即时显示，动态人群自动进出，群发、任务和自动化都能用。",
  },
  en: {
    add: "New audience",
    find: "Name",
    kind: "Kind",
    kinds: { rule: "By rule", list: "List" },
    archived: "Archive",
    archivedOnly: "Archived",
    name: "Audience",
    keeping: "Kept",
    state: "State",
    people: "People",
    usedBy: "Used by",
    checked: "Up to date",
    by: "By",
    hidden: "For the full scope only",
    waiting: "Once built",
    empty: "No audiences yet",
    emptyText:
      "Keep conditions as an audience: new without an order, asleep, best customers … See how many while you type; dynamic ones follow by themselves.",
  },
});

const STATE_COLOURS = { building: "processing", ready: "success", behind: "warning" } as const;

/** How many are in it; why not, where that is not told. */
function Size({ audience }: { audience: AudienceRow }) {
  const t = useText(words);
  if (audience.size !== null) {
    return <span className={styles.size}>{formatCount(audience.size)}</span>;
  }
  return <span className={styles.note}>{audience.built_at ? t.hidden : t.waiting}</span>;
}

export function AudiencesPage() {
  const t = useText(words);
  const names = useText(audienceWords);
  const navigate = useNavigate();
  const mayWrite = useMay()(MAY.writeAudiences);
  const filters = useFilters(AUDIENCE_FILTERS);
  const { values, change } = filters;
  const pages = useAudiences(filtersOf(values));
  const add = mayWrite && (
    <Link to="/people/audiences/new">
      <Button type="primary" icon={<PlusOutlined />}>
        {t.add}
      </Button>
    </Link>
  );
  return (
    <>
      <PageHead title={names.audiences} actions={add} />
      <FilterBar
        search={{ value: values.q, placeholder: t.find, onChange: (q) => change({ q }) }}
        filtered={filters.filtered}
        onClear={filters.clear}
      >
        <FilterChip
          name={t.kind}
          value={values.kind}
          options={AUDIENCE_KINDS.map((value) => ({ value, label: t.kinds[value] }))}
          onChange={(kind) => change({ kind })}
        />
        <FilterChip
          name={t.archived}
          value={values.archived}
          options={[{ value: "yes", label: t.archivedOnly }]}
          onChange={(archived) => change({ archived })}
        />
      </FilterBar>
      <ListTable<AudienceRow>
        pages={pages}
        rowKey={(audience) => audience.id}
        filtered={filters.filtered}
        onClearFilters={filters.clear}
        onOpen={(audience) => navigate(`/people/audiences/${audience.id}`)}
        empty={
          <EmptyState title={t.empty} action={add}>
            {t.emptyText}
          </EmptyState>
        }
        columns={[
          {
            title: t.name,
            render: (_, one) => (
              <span className={styles.name}>
                <strong>{one.name}</strong>
                {one.description && <span className={styles.note}>{one.description}</span>}
              </span>
            ),
          },
          { title: t.keeping, render: (_, one) => <KindTag {...one} /> },
          {
            title: t.people,
            align: "right",
            render: (_, one) => (
              <span className={styles.sizes}>
                <Trend points={one.trend} />
                <Size audience={one} />
              </span>
            ),
          },
          {
            title: t.usedBy,
            onCell: () => ({ onClick: (event) => event.stopPropagation() }),
            render: (_, one) => <UsedBy audienceId={one.id} standing={one.used_by} />,
          },
          {
            title: t.state,
            render: (_, one) => (
              <Tag color={STATE_COLOURS[one.state]}>{names.states[one.state]}</Tag>
            ),
          },
          { title: t.checked, render: (_, one) => <Moment at={one.checked_at} /> },
          { title: t.by, render: (_, one) => one.created_by?.name ?? "—" },
        ]}
      />
    </>
  );
}
