import { DeskTable } from "@kit/desk/list/DeskTable.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button } from "antd";
import { MAY } from "../../../permissions.ts";
import { useJobActs, useTroubles } from "../hooks/useJobs.ts";
import { useNote } from "../notes.ts";
import { useTitle } from "../title.ts";

const words = defineMessages({
  zh: {
    title: "需要处理",
    task: "没有完成的任务",
    parked: (type: string) => `事件 ${type} 未能处理`,
    when: "时间",
    retry: "重试",
    dismiss: "不再处理",
  },
  en: {
    title: "Needs a person",
    task: "Work that did not finish",
    parked: (type) => `The fact ${type} could not be digested`,
    when: "When",
    retry: "Try again",
    dismiss: "Dismiss",
  },
});

type Row = {
  key: string;
  title: string;
  detail: string;
  at: string;
  act: () => void;
  label: string;
};

/** Jobs given up after all attempts, and facts a reaction could not digest. */
export function TroublesPanel() {
  const t = useText(words);
  const titleOf = useTitle();
  const noteOf = useNote();
  const mayWrite = useMay()(MAY.writeJobs);
  const { data } = useTroubles();
  const { retry, dismiss } = useJobActs();
  const rows: Row[] = [
    ...(data?.failed_jobs ?? []).map((job) => ({
      key: `job ${job.id}`,
      title: titleOf(job),
      detail: noteOf({ note: job.reason, said: job.said }),
      at: job.failed_at,
      act: () => retry.mutate(job.id),
      label: t.retry,
    })),
    ...(data?.parked_events ?? []).map((event) => ({
      key: `${event.reader} ${event.position}`,
      title: t.parked(event.type),
      detail: `${event.reader}: ${event.error}`,
      at: event.parked_at,
      act: () => dismiss.mutate(event),
      label: t.dismiss,
    })),
  ];
  if (rows.length === 0) return null;
  return (
    <Section title={<span style={{ color: "var(--attention-ink)" }}>{t.title}</span>}>
      <DeskTable<Row>
        size="small"
        pagination={false}
        dataSource={rows}
        columns={[
          {
            title: t.task,
            render: (_, row) => (
              <>
                {row.title}
                <div style={{ fontSize: 12, color: "var(--ink-faint)" }}>{row.detail}</div>
              </>
            ),
          },
          { title: t.when, width: 140, render: (_, row) => <Moment at={row.at} /> },
          {
            key: "act",
            width: 110,
            align: "right",
            render: (_, row) =>
              mayWrite && (
                <Button size="small" type="link" onClick={row.act}>
                  {row.label}
                </Button>
              ),
          },
        ]}
      />
    </Section>
  );
}
