import type { AuditEntry } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { usePages } from "@kit/desk/list/usePages.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
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

function detailsOf(entry: AuditEntry): string {
  return Object.entries(entry.details)
    .map(([key, value]) => `${key}: ${Array.isArray(value) ? value.join("、") : String(value)}`)
    .join(" · ");
}

export function AuditPage() {
  const t = useText(words);
  const { actions, targets } = useText(auditWords);
  const pages = usePages(["audit"], (cursor) => listAudit({ cursor }));
  return (
    <>
      <PageHead title={t.title} note={t.note} />
      <ListTable<AuditEntry>
        pages={pages}
        rowKey={(entry) => entry.id}
        empty={<EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
        columns={[
          { title: t.when, width: 150, render: (_, entry) => <Moment at={entry.at} /> },
          { title: t.who, width: 160, render: (_, entry) => entry.actor_name || t.system },
          { title: t.action, render: (_, entry) => actions[entry.action] ?? entry.action },
          {
            title: t.target,
            render: (_, entry) =>
              `${targets[entry.target_kind] ?? entry.target_kind} ${entry.target_id}`,
          },
          {
            title: t.details,
            render: (_, entry) => (
              <span style={{ color: "var(--ink-soft)" }}>{detailsOf(entry)}</span>
            ),
          },
          { title: t.ip, width: 140, dataIndex: "ip" },
        ]}
      />
    </>
  );
}
