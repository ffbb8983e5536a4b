import type { AuditEntry } from "@kit/api/types.ts";
import { DaysFilter } from "@kit/desk/list/DaysFilter.tsx";
import { FilterBar, FilterChip } from "@kit/desk/list/FilterBar.tsx";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { numberOf } from "@kit/desk/list/numbers.ts";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { usePages } from "@kit/desk/list/usePages.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Tooltip } from "antd";
import { MAY } from "../../../permissions.ts";
import { useEmployees } from "../../staff/hooks/useStaff.ts";
import { listAudit } from "../api.ts";
import { auditWords } from "../words.ts";

const words = defineMessages({
  zh: {
    title: "审计",
    note: "谁在什么时候做了什么。只能查看，不能修改。",
    when: "时间",
    who: "操作人",
    action: "操作",
    target: "对象",
    details: "详情",
    ip: "来自",
    empty: "还没有记录",
    emptyText: "连接、员工、密钥等重要操作都会记在这里。",
    system: "系统",
  },
  en: {
    title: "Audit",
    note: "Who did what, and when. It can be read, never changed.",
    when: "When",
    who: "Who",
    action: "What",
    target: "On",
    details: "Details",
    ip: "From",
    empty: "Nothing recorded yet",
    emptyText: "Far-reaching acts on connection, staff and keys are recorded here.",
    system: "System",
  },
});

type DetailNames = Record<string, string>;

function wordsOf(value: unknown, names: DetailNames): string {
  if (Array.isArray(value)) return value.map((each) => wordsOf(each, names)).join("、");
  if (typeof value === "object" && value !== null) {
    const said = Object.entries(value).filter(([, inner]) => inner !== null);
    if (said.length === 0) return names.everybody ?? "";
    return said.map(([key, inner]) => `${names[key] ?? key} ${wordsOf(inner, names)}`).join("、");
  }
  return names[String(value)] ?? String(value);
}

function detailsOf(entry: AuditEntry, names: DetailNames): string {
  return Object.entries(entry.details)
    .map(([key, value]) => {
      const said = key === "name" ? String(value) : wordsOf(value, names);
      return `${names[key] ?? key}: ${said}`;
    })
    .join(" · ");
}

const NUMBER = /^\d+$/;

/** A name for people; the code of the log on hover, for whoever searches by it. */
function Coded({ code, name }: { code: string; name: string | undefined }) {
  return name ? (
    <Tooltip title={code}>
      <span>{name}</span>
    </Tooltip>
  ) : (
    <code>{code}</code>
  );
}

const FILTERS = ["actor", "action", "from", "to"] as const;

export function AuditPage() {
  const t = useText(words);
  const { actions, targets, details } = useText(auditWords);
  const mayReadStaff = useMay()(MAY.writeStaff);
  const employees = useEmployees(mayReadStaff);
  const { values, change, clear, filtered } = useFilters(FILTERS);
  const { actor, ...others } = values;
  const query = { ...others, actor: numberOf(actor) };
  const pages = usePages(["audit", query], (cursor) => listAudit({ ...query, cursor }));
  return (
    <>
      <PageHead title={t.title} note={t.note} />
      <FilterBar filtered={filtered} onClear={clear}>
        <FilterChip
          name={t.who}
          value={actor}
          options={[
            ...(employees.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
            { value: "0", label: t.system },
          ]}
          onChange={(value) => change({ actor: value })}
        />
        <FilterChip
          name={t.action}
          value={values.action}
          options={Object.entries(actions).map(([value, label]) => ({ value, label }))}
          onChange={(value) => change({ action: value })}
        />
        <DaysFilter
          from={values.from}
          to={values.to}
          onChange={(from, to) => change({ from, to })}
        />
      </FilterBar>
      <ListTable<AuditEntry>
        pages={pages}
        rowKey={(entry) => entry.id}
        filtered={filtered}
        onClearFilters={clear}
        empty={<EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
        columns={[
          {
            title: t.action,
            render: (_, entry) => <Coded code={entry.action} name={actions[entry.action]} />,
          },
          { title: t.when, width: 150, render: (_, entry) => <Moment at={entry.at} /> },
          { title: t.who, width: 160, render: (_, entry) => entry.actor_name || t.system },
          {
            title: t.target,
            render: (_, entry) => (
              <Tooltip title={`${entry.target_kind} ${entry.target_id}`}>
                <span>
                  {targets[entry.target_kind] ?? entry.target_kind}{" "}
                  {NUMBER.test(entry.target_id) && entry.target_id}
                </span>
              </Tooltip>
            ),
          },
          {
            title: t.details,
            render: (_, entry) => detailsOf(entry, details) || null,
          },
          { title: t.ip, width: 140, dataIndex: "ip" },
        ]}
      />
    </>
  );
}
