import { DownloadOutlined } from "@ant-design/icons";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button, Segmented } from "antd";
import { useState } from "react";
import type { Import, RowProblem } from "../api.ts";
import { useProblems } from "../hooks.ts";

const words = defineMessages({
  zh: {
    title: "需要看看的行",
    wrong: (count: string) => `不导入（${count}）`,
    repeated: (count: string) => `文件内重复（${count}）`,
    fetch: "下载不导入的行（CSV）",
    fetchText: "下载的文件里是原来的整行和原因，改好后可以直接再次上传。",
    repeatedText:
      "这些行和别的行是同一位客户，已合并：按行的先后处理，选「保留」时先出现的内容留下，选「覆盖」时以后面的为准。",
    far: "相隔一千行以上的新客户重复，试算时只计数，导入后逐行列出。",
    line: "行",
    number: (line: number) => `第 ${line} 行`,
    column: "列",
    value: "内容",
    message: "原因",
    none: "没有这样的行",
  },
  en: {
    title: "Rows to look at",
    wrong: (count) => `Left out (${count})`,
    repeated: (count) => `Repeated in the file (${count})`,
    fetch: "Fetch the rows left out (CSV)",
    fetchText: "The file has the whole rows with the reasons: mend them and upload it again.",
    repeatedText:
      "These rows are about somebody of another row and were put together in the order of the file: kept is what came first, or with “replace” what came last.",
    far: "Newcomers repeated more than a thousand rows apart are only counted by a trial; the import lists them.",
    line: "Row",
    number: (line) => `Row ${line}`,
    column: "Column",
    value: "Content",
    message: "Reason",
    none: "No such rows",
  },
});

/** Rows that stay out, and rows about somebody of another row: of the trial, or of the import. */
export function RowsToldOf({ file, trial = false }: { file: Import; trial?: boolean }) {
  const t = useText(words);
  const [repeated, setRepeated] = useState(file.problems === 0 && file.repeats > 0);
  const pages = useProblems(file, repeated);
  return (
    <Section
      title={t.title}
      extra={
        file.problems > 0 && (
          <Button icon={<DownloadOutlined />} href={`/api/imports/${file.id}/problems.csv`}>
            {t.fetch}
          </Button>
        )
      }
    >
      <Segmented
        value={repeated}
        onChange={setRepeated}
        options={[
          { value: false, label: t.wrong(formatCount(file.problems)) },
          { value: true, label: t.repeated(formatCount(file.repeats)) },
        ]}
      />
      <p style={{ margin: "8px 0", color: "var(--ink-soft)" }}>
        {repeated ? t.repeatedText : t.fetchText}
        {repeated && trial && ` ${t.far}`}
      </p>
      <ListTable<RowProblem>
        pages={pages}
        rowKey={(one) => `${one.line}/${one.column}`}
        empty={<EmptyState title={t.none} />}
        columns={[
          { title: t.line, width: 96, render: (_, one) => t.number(one.line) },
          ...(repeated
            ? []
            : [
                { title: t.column, render: (_: unknown, one: RowProblem) => one.column || "—" },
                { title: t.value, render: (_: unknown, one: RowProblem) => one.value || "—" },
              ]),
          { title: t.message, dataIndex: "message" },
        ]}
      />
    </Section>
  );
}
