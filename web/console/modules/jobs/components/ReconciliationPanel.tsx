import type { Difference, Reconciliation } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { usePages } from "@kit/desk/list/usePages.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Select, Space, Tag } from "antd";
import { Link } from "react-router";
import { MAY } from "../../../permissions.ts";
import { listDifferences } from "../api.ts";
import { JOBS_KEY, useReconciliation } from "../hooks/useJobs.ts";
import { useNote } from "../notes.ts";

const words = defineMessages({
  zh: {
    title: "与企业微信核对",
    note: "回调偶尔会丢。每天按时读取企业微信的客户、备注与标签，找出并改正漏掉的变化。客户单方面删除员工而回调丢失时，企业微信不会显示，核对也无法发现。",
    never: "不自动核对",
    daily: (hour: number) => `每天 ${hour}:00 起`,
    now: "立即核对",
    latest: "最近一次",
    none: "还没有核对过",
    same: "没有发现差异",
    sameText: "siyu 记录的与企业微信一致。",
    kind: "差异",
    customer: "客户",
    staff: "企微账号",
    found: "发现",
    kinds: {
      missing: "漏掉的好友",
      returned: "重新成为好友",
      gone: "已不是好友",
      details: "资料没有读到",
      remark: "备注不同",
      tags: "标签不同",
    },
  },
  en: {
    title: "Compared with WeCom",
    note: "Callbacks get lost at times. Each day the customers, remarks and tags in WeCom are read, and what was missed is corrected. That a customer deleted a staff account is told only once: no reading reveals it.",
    never: "Not by itself",
    daily: (hour) => `Daily from ${hour}:00`,
    now: "Compare now",
    latest: "Latest",
    none: "Never compared yet",
    same: "No differences",
    sameText: "What siyu knows is what WeCom shows.",
    kind: "Difference",
    customer: "Customer",
    staff: "WeCom account",
    found: "Found",
    kinds: {
      missing: "Friendship unheard of",
      returned: "Friends again",
      gone: "Friends no more",
      details: "Details never read",
      remark: "Another remark",
      tags: "Other tags",
    },
  },
});

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const NEVER = -1;

/** What reading WeCom's state has found that callbacks did not tell, and when it is read. */
export function ReconciliationPanel() {
  const t = useText(words);
  const noteOf = useNote();
  const { query } = useReconciliation();
  return (
    <Section title={t.title} extra={query.data && <Schedule plan={query.data.plan} />}>
      <p style={{ color: "var(--ink-faint)", margin: "0 0 12px" }}>{t.note}</p>
      <Reading query={query} rows={2}>
        {({ runs: [latest] }) => (
          <>
            {latest ? (
              <p style={{ margin: "0 0 12px" }}>
                {t.latest} <Moment at={latest.created_at} /> {noteOf(latest)}
              </p>
            ) : (
              <p>{t.none}</p>
            )}
            {latest?.state === "done" && Object.keys(latest.differences).length > 0 && (
              <Differences runId={latest.id} />
            )}
          </>
        )}
      </Reading>
    </Section>
  );
}

/** When it is read by itself, and a way to do it now. */
function Schedule({ plan }: { plan: Reconciliation["plan"] }) {
  const t = useText(words);
  const mayWrite = useMay()(MAY.writeSettings);
  const acts = useReconciliation();
  return (
    <Space wrap>
      <Select
        size="small"
        style={{ width: 140 }}
        aria-label={t.title}
        disabled={!mayWrite}
        value={plan.enabled ? plan.hour : NEVER}
        options={[
          { value: NEVER, label: t.never },
          ...HOURS.map((hour) => ({ value: hour, label: t.daily(hour) })),
        ]}
        onChange={(hour) =>
          acts.plan.mutate({ enabled: hour !== NEVER, hour: hour === NEVER ? plan.hour : hour })
        }
      />
      {mayWrite && (
        <Button size="small" loading={acts.begin.isPending} onClick={() => acts.begin.mutate()}>
          {t.now}
        </Button>
      )}
    </Space>
  );
}

function Differences({ runId }: { runId: number }) {
  const t = useText(words);
  const pages = usePages([...JOBS_KEY, "differences", runId], (cursor) =>
    listDifferences(runId, cursor),
  );
  return (
    <ListTable<Difference>
      pages={pages}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t.same}>{t.sameText}</EmptyState>}
      columns={[
        { title: t.kind, width: 160, render: (_, row) => <Tag>{t.kinds[row.kind]}</Tag> },
        {
          title: t.customer,
          render: (_, row) => (
            <Link to={`/people/customers/${row.customer_id}`}>{row.customer_name}</Link>
          ),
        },
        { title: t.staff, width: 160, render: (_, row) => row.staff_name },
        { title: t.found, width: 140, render: (_, row) => <Moment at={row.found_at} /> },
      ]}
    />
  );
}
