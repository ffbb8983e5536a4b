import { Section } from "@kit/desk/PageHead.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useSession } from "@kit/session/session.ts";
import { Alert, Button, Progress } from "antd";
import { Link } from "react-router";
import type { Import } from "../api.ts";
import { useImportActs } from "../hooks.ts";
import { Counts } from "./Counts.tsx";
import { RowsToldOf } from "./RowsToldOf.tsx";

const words = defineMessages({
  zh: {
    result: "导入结果",
    running: "正在后台导入，可以离开这个页面；在「后台任务」里可以取消。",
    jobs: "后台任务",
    stopped: "导入中断了，已导入的行保留，继续时不会重复。",
    goOn: "继续导入",
    people: "查看这些客户",
    strangers:
      "还没有员工加为好友的客户，不在默认的客户列表里：在列表的「好友关系」里选「未加好友」。",
    ownOnly: "你只能看到自己数据范围内的客户；还没有好友的客户，由可查看全部客户的同事处理。",
  },
  en: {
    result: "Result",
    running:
      "Importing in the background: you may leave; it can be cancelled in “Background jobs”.",
    jobs: "Background jobs",
    stopped: "It was interrupted. What was imported stays, and nothing comes twice.",
    goOn: "Go on",
    people: "Show these customers",
    strangers:
      "Who is nobody's contact yet is not in the usual list: choose “Nobody's contact” there.",
    ownOnly: "You see customers in your data scope; nobody's contacts are for who sees everybody.",
  },
});

/** While and after an import: how far, what came of it, and what stayed out. */
export function ImportResult({ file }: { file: Import }) {
  const t = useText(words);
  const { scope } = useSession();
  const acts = useImportActs(file.id);
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
        {file.counts && (
          <div style={{ marginTop: 12, color: "var(--ink-soft)" }}>
            <p>{scope === "all" ? t.strangers : t.ownOnly}</p>
            <Link to={`/people/customers?imported=${file.id}`}>{t.people}</Link>
          </div>
        )}
      </Section>
      <RowsToldOf file={file} />
    </>
  );
}
