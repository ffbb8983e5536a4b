import type { Job } from "@kit/api/types.ts";
import { formatCount, formatDuration } from "@kit/format/numbers.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Progress } from "antd";

const words = defineMessages({
  zh: { left: (time: string) => `约剩 ${time}` },
  en: { left: (time) => `about ${time} left` },
});

/** How far a job is, how much that is, and how long it will still take. */
export function JobProgress({ job }: { job: Job }) {
  const t = useText(words);
  const language = useLanguage();
  const share = job.total ? Math.min(1, job.done / job.total) : null;
  const stopped = job.state === "failed" || job.state === "cancelled";
  return (
    <div style={{ minWidth: 160 }}>
      <Progress
        percent={share === null ? (stopped ? 0 : 100) : Math.floor(share * 100)}
        size="small"
        showInfo={share !== null}
        status={job.state === "running" ? "active" : "normal"}
      />
      <div style={{ fontSize: 12, color: "var(--ink-faint)" }}>
        {(job.done > 0 || job.total !== null) && formatCount(job.done)}
        {job.total !== null && ` / ${formatCount(job.total)}`}
        {job.seconds_left !== null && ` · ${t.left(formatDuration(job.seconds_left, language))}`}
      </div>
    </div>
  );
}
