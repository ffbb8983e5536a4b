import type { Job, JobState } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { usePages } from "@kit/desk/list/usePages.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Tag } from "antd";
import { MAY } from "../../../permissions.ts";
import { listJobs } from "../api.ts";
import { JOBS_KEY, useJobActs } from "../hooks/useJobs.ts";
import { useNote } from "../notes.ts";
import { useTitle } from "../title.ts";
import { JobProgress } from "./JobProgress.tsx";
import { ReconciliationPanel } from "./ReconciliationPanel.tsx";
import { TroublesPanel } from "./TroublesPanel.tsx";

const words = defineMessages({
  zh: {
    title: "后台任务",
    stoppedAt: (note: string) => `停在：${note}`,
    note: "同步、导入等耗时的工作在后台进行，关闭页面也会继续。",
    empty: "还没有后台任务",
    emptyText: "通讯录同步、客户同步等耗时的工作会出现在这里。",
    task: "任务",
    state: "状态",
    progress: "进度",
    began: "创建",
    ended: "结束",
    states: {
      waiting: "等待中",
      running: "运行中",
      done: "已完成",
      failed: "失败",
      cancelling: "取消中",
      cancelled: "已取消",
    },
    cancel: "取消",
    resume: "继续",
  },
  en: {
    title: "Background jobs",
    stoppedAt: (note) => `Stopped at: ${note}`,
    note: "Slow work such as synchronising runs in the background, also when you close the page.",
    empty: "No jobs yet",
    emptyText: "Synchronising the directory, customers and the like appears here.",
    task: "Job",
    state: "State",
    progress: "Progress",
    began: "Created",
    ended: "Ended",
    states: {
      waiting: "Waiting",
      running: "Running",
      done: "Done",
      failed: "Failed",
      cancelling: "Cancelling",
      cancelled: "Cancelled",
    },
    cancel: "Cancel",
    resume: "Resume",
  },
});

const COLOURS: Record<JobState, string> = {
  waiting: "default",
  running: "processing",
  done: "success",
  failed: "error",
  cancelling: "warning",
  cancelled: "default",
};

export function JobsPage() {
  const t = useText(words);
  const titleOf = useTitle();
  const noteOf = useNote();
  const may = useMay();
  const mayWrite = may(MAY.writeJobs);
  const mayReadSettings = may(MAY.readSettings);
  const pages = usePages([...JOBS_KEY, "list"], (cursor) => listJobs({ cursor }), {
    refetchInterval: 3_000,
  });
  const { cancel, resume } = useJobActs();

  function action({ id, state, mine }: Job) {
    if (!mayWrite && !mine) return null;
    if (state === "waiting" || state === "running") {
      return (
        <Button size="small" type="link" onClick={() => cancel.mutate(id)}>
          {t.cancel}
        </Button>
      );
    }
    if (state === "failed" || state === "cancelled") {
      return (
        <Button size="small" type="link" onClick={() => resume.mutate(id)}>
          {t.resume}
        </Button>
      );
    }
    return null;
  }

  return (
    <>
      <PageHead title={t.title} note={t.note} />
      <TroublesPanel />
      <ListTable<Job>
        pages={pages}
        rowKey={(job) => job.id}
        empty={<EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
        columns={[
          {
            title: t.task,
            render: (_, job) => (
              <>
                {titleOf(job)}
                {job.note && (
                  <div
                    style={{
                      fontSize: 12,
                      maxWidth: 400,
                      color: job.state === "failed" ? "var(--attention-ink)" : "var(--ink-faint)",
                    }}
                  >
                    {job.state === "cancelled" ? t.stoppedAt(noteOf(job)) : noteOf(job)}
                  </div>
                )}
              </>
            ),
          },
          {
            title: t.state,
            width: 110,
            render: (_, job) => <Tag color={COLOURS[job.state]}>{t.states[job.state]}</Tag>,
          },
          { title: t.progress, width: 220, render: (_, job) => <JobProgress job={job} /> },
          { title: t.began, width: 130, render: (_, job) => <Moment at={job.created_at} /> },
          { title: t.ended, width: 130, render: (_, job) => <Moment at={job.finished_at} /> },
          { key: "act", width: 90, align: "right", render: (_, job) => action(job) },
        ]}
      />
      {mayReadSettings && (
        <div style={{ marginTop: 16 }}>
          <ReconciliationPanel />
        </div>
      )}
    </>
  );
}
