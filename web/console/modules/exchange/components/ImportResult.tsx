import { DownloadOutlined } from "@ant-design/icons";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Alert, Button, Progress, Space } from "antd";
import { Link } from "react-router";
import type { Import, RowProblem } from "../api.ts";
import { useImportActs, useProblems } from "../hooks.ts";
import { Counts } from "./Counts.tsx";

const words = defineMessages({
  zh: {
    result: "导入结果",
    running: "正在后台导入，可以离开这个页面；在「后台任务」里可以取消。",
    jobs: "后台任务",
    stopped: "导入中断了，已导入的行保留，继续时不会重复。",
    goOn: "继续导入",
    problems: "没有导入的行",
    fetch: "下载这些行(CSV)",
    fetchText: "文件里是原来的整行和原因，改好后可以直接再次上传。",
    line: "行",
    column: "列",
    message: "原因",
    fine: "全部导入了",
  },
  en: {
    result: "Result",
    running:
      "Importing in the background: you may leave; it can be cancelled in “Background jobs”.",
    jobs: "Background jobs",
    stopped: "It was interrupted. What was imported stays, and nothing comes twice.",
    goOn: "Go on",
    problems: "Rows that were not imported",
    fetch: "Fetch these rows (CSV)",
    fetchText: "The whole rows with the reasons: mend them and upload the file again.",
    line: "Row",
    column: "Column",
    message: "Reason",
    fine: "Everything was imported",
  },
});

/** While and after an import: how far, what came of it, and what stayed out. */
export function ImportResult({ file }: { file: Import }) {
  const t = useText(words);
  const acts = useImportActs(file.id);
  const pages = useProblems(file.id);
  const total = file.checked?.rows ?? 0;
  const done = file.counts?.rows ?? 0;
  return (
    <>
      <Section title={t.result}>
        {file.state === "running" && (
          <>
            <Progress percent={total ? Math.floor((done / total) * 100) : 0} status="active" />
            <p style={{ color: "var(--ink-soft)" }}>
              {t.running} <Link to="/settings/jobs">{t.jobs}</Link>
            </p>
          </>
        )}
        {(file.state === "failed" || file.state === "cancelled") && (
          <Alert
            type="warning"
            showIcon
            style={{ marginBottom: 16 }}
            message={t.stopped}
            action={
              <Button
                size="small"
                loading={acts.start.isPending}
                onClick={() => acts.start.mutate()}
              >
                {t.goOn}
              </Button>
            }
          />
        )}
        {file.counts && <Counts counts={file.counts} />}
      </Section>
      <Section
        title={`${t.problems} (${formatCount(file.problems)})`}
        extra={
          file.problems > 0 && (
            <Button
              icon={<DownloadOutlined />}
              href={`/api/imports/${file.id}/problems.csv`}
              title={t.fetchText}
            >
              {t.fetch}
            </Button>
          )
        }
      >
        {file.problems > 0 && (
          <Space style={{ marginBottom: 8, color: "var(--ink-soft)" }}>{t.fetchText}</Space>
        )}
        <ListTable<RowProblem>
          pages={pages}
          rowKey={(one) => `${one.line}/${one.column}`}
          empty={<EmptyState title={t.fine} />}
          columns={[
            { title: t.line, dataIndex: "line", width: 96 },
            { title: t.column, render: (_, one) => one.column || "—" },
            { title: t.message, dataIndex: "message" },
          ]}
        />
      </Section>
    </>
  );
}
