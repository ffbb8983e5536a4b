import { LoadingOutlined, ThunderboltOutlined } from "@ant-design/icons";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Badge, Button, Popover } from "antd";
import { Link } from "react-router";
import { MAY } from "../../../permissions.ts";
import { useJobActs, useJobsAtWork } from "../hooks/useJobs.ts";
import { useNote } from "../notes.ts";
import { useTitle } from "../title.ts";
import { JobProgress } from "./JobProgress.tsx";

const words = defineMessages({
  zh: {
    title: "后台任务",
    idle: "没有正在运行的任务",
    running: (count: string) => `${count} 个任务正在运行`,
    all: "全部任务",
    cancel: "取消",
    resume: "继续",
    stopped: "已停下",
  },
  en: {
    title: "Background jobs",
    idle: "Nothing is running",
    running: (count) => `${count} running`,
    all: "All jobs",
    cancel: "Cancel",
    resume: "Resume",
    stopped: "Stopped",
  },
});

/** Running jobs and their progress, from every page. */
export function TaskTray() {
  const t = useText(words);
  const titleOf = useTitle();
  const noteOf = useNote();
  const may = useMay();
  // Whoever may not read all jobs reads their own: what they began from the list of customers.
  const allowed = may(MAY.readJobs) || may(MAY.writeCustomers);
  const { jobs, stopped } = useJobsAtWork(allowed);
  const { cancel, resume } = useJobActs();
  if (!allowed) return null;
  const label = jobs.length ? t.running(formatCount(jobs.length)) : t.idle;
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={label}
      content={
        <div style={{ width: 300, display: "grid", gap: 12 }}>
          {jobs.map((job) => (
            <div key={job.id} style={{ display: "flex", gap: 12, alignItems: "start" }}>
              <div style={{ flex: 1 }}>
                {titleOf(job)}
                <JobProgress job={job} />
              </div>
              {(job.mine || may(MAY.writeJobs)) && job.state !== "cancelling" && (
                <Button size="small" type="link" onClick={() => cancel.mutate(job.id)}>
                  {t.cancel}
                </Button>
              )}
            </div>
          ))}
          {stopped.map((job) => (
            <div key={job.id} style={{ display: "flex", gap: 12, alignItems: "start" }}>
              <div style={{ flex: 1 }}>
                {titleOf(job)}
                <div style={{ fontSize: 12, color: "var(--ink-faint)" }}>
                  {noteOf(job) || t.stopped}
                </div>
              </div>
              <Button size="small" type="link" onClick={() => resume.mutate(job.id)}>
                {t.resume}
              </Button>
            </div>
          ))}
          {may(MAY.readJobs) && <Link to="/settings/jobs">{t.all}</Link>}
        </div>
      }
    >
      <Badge count={jobs.length} size="small" color="var(--jade)" offset={[-6, 6]}>
        <Button
          type="text"
          aria-label={`${t.title}: ${label}`}
          icon={jobs.length ? <LoadingOutlined /> : <ThunderboltOutlined />}
        />
      </Badge>
    </Popover>
  );
}
