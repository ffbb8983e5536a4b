import type { Job, JobState } from "@kit/api/types.ts";
import { FilterBar, FilterChip } from "@kit/desk/list/FilterBar.tsx";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { usePages } from "@kit/desk/list/usePages.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button, Tag } from "antd";
import { listJobs } from "../api.ts";
import { JOBS_KEY, useJobAct } from "../hooks/useJobs.ts";
import { JobProgress } from "./JobProgress.tsx";

const words = defineMessages({
  zh: {
    title: "后台任务",
    note: "同步、导入等耗时的工作在后台进行，关闭页面也会继续。",
    empty: "还没有后台任务",
    emptyText: "通讯录同步、标签同步、活码创建等都会出现在这里。",
    task: "任务",
    state: "状态",
    progress: "进度",
    began: "开始",
    ended: "结束",
    states: {
      waiting: "等待中",
      running: "运行中",
      done: "已完成",
      failed: "失败",
      cancelled: "已取消",
    },
    cancel: "取消",
    retry: "重试",
    resume: "继续",
  },
  en: {
    title: "Background jobs",
    note: "Slow work such as synchronising runs in the background, also when you close the page.",
    empty: "No jobs yet",
    emptyText: "Directory and tag synchronisation, code creation and the like appear here.",
    task: "Job",
    state: "State",
    progress: "Progress",
    began: "Began",
    ended: "Ended",
    states: {
      waiting: "Waiting",
      running: "Running",
      done: "Done",
      failed: "Failed",
      cancelled: "Cancelled",
    },
    cancel: "Cancel",
    retry: "Try again",
    resume: "Resume",
  },
});

const COLOURS: Record<JobState, string> = {
  waiting: "default",
  running: "processing",
  done: "success",
  failed: "error",
  cancelled: "default",
};

const STATES: JobState[] = ["waiting", "running", "done", "failed", "cancelled"];

export function JobsPage() {
  const t = useText(words);
  const filters = useFilters(["state"] as const);
  const state = STATES.find((one) => one === filters.values.state);
  const pages = usePages([...JOBS_KEY, "list", state], (cursor) => listJobs({ state, cursor }), {
    refetchInterval: 5_000,
  });
  const act = useJobAct();

  function actions(job: Job) {
    if (job.state === "waiting" || job.state === "running") {
      return (
        <Button size="small" type="link" onClick={() => act.mutate({ id: job.id, act: "cancel" })}>
          {t.cancel}
        </Button>
      );
    }
    if (job.state === "failed" || job.state === "cancelled") {
      const kind = job.state === "failed" ? "retry" : "resume";
      return (
        <Button size="small" type="link" onClick={() => act.mutate({ id: job.id, act: kind })}>
          {t[kind]}
        </Button>
      );
    }
    return null;
  }

  return (
    <>
      <PageHead title={t.title} note={t.note} />
      <FilterBar filtered={filters.filtered} onClear={filters.clear}>
        <FilterChip
          name={t.state}
          value={state}
          options={STATES.map((value) => ({ value, label: t.states[value] }))}
          onChange={(value) => filters.change({ state: value })}
        />
      </FilterBar>
      <ListTable<Job>
        pages={pages}
        rowKey={(job) => job.id}
        filtered={filters.filtered}
        onClearFilters={filters.clear}
        empty={<EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
        columns={[
          {
            title: t.task,
            render: (_, job) => (
              <>
                {job.title}
                {job.problem && (
                  <div style={{ color: "var(--attention)", fontSize: 12, maxWidth: 420 }}>
                    {job.problem}
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
          { key: "act", width: 90, align: "right", render: (_, job) => actions(job) },
        ]}
      />
    </>
  );
}
