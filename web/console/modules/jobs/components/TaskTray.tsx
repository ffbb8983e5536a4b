import { LoadingOutlined, ThunderboltOutlined } from "@ant-design/icons";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Badge, Button, Popover } from "antd";
import { Link } from "react-router";
import { MAY } from "../../../permissions.ts";
import { useJobActs, useJobsAtWork } from "../hooks/useJobs.ts";
import { JobProgress } from "./JobProgress.tsx";

const words = defineMessages({
  zh: {
    title: "后台任务",
    idle: "没有正在运行的任务",
    running: (count: string) => `${count} 个任务正在运行`,
    all: "全部任务",
    cancel: "取消",
  },
  en: {
    title: "Background jobs",
    idle: "Nothing is running",
    running: (count) => `${count} running`,
    all: "All jobs",
    cancel: "Cancel",
  },
});

/** Running jobs and their progress, from every page. */
export function TaskTray() {
  const t = useText(words);
  const may = useMay();
  const allowed = may(MAY.readJobs);
  const jobs = useJobsAtWork(allowed);
  const { cancel } = useJobActs();
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
                {job.title}
                <JobProgress job={job} />
              </div>
              {may(MAY.writeJobs) && job.state !== "cancelling" && (
                <Button size="small" type="link" onClick={() => cancel.mutate(job.id)}>
                  {t.cancel}
                </Button>
              )}
            </div>
          ))}
          <Link to="/settings/jobs">{t.all}</Link>
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
