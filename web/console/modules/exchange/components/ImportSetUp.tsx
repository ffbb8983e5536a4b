import { sentenceOf } from "@kit/api/problem.ts";
import { Section } from "@kit/desk/PageHead.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Alert, App, Button, Radio, Select, Space, Spin } from "antd";
import { useState } from "react";
import type { Import, Plan } from "../api.ts";
import { useImportActs, usePreview } from "../hooks.ts";
import { Counts } from "./Counts.tsx";
import { Mapping } from "./Mapping.tsx";
import { PreviewTable } from "./PreviewTable.tsx";
import { RowsToldOf } from "./RowsToldOf.tsx";

const words = defineMessages({
  zh: {
    mapping: "每一列是什么",
    mappingText: "选出能认出客户的编号，以及要写入的内容；其余列不会导入。",
    encoding: "编码",
    separator: "分隔符",
    separators: { ",": "逗号", "\t": "制表符", ";": "分号", "|": "竖线" },
    existing: "已有客户已有的内容",
    keep: "保留，只补充空缺",
    replace: "用文件里的覆盖",
    twice: "同一位客户在文件里出现多次时，按行的先后处理：保留时先出现的留下，覆盖时以后面的为准。",
    preview: "前 20 行会怎样",
    check: "试算整个文件",
    checking: "正在试算，不会写入任何内容",
    result: "试算结果",
    resultText: "还没有写入任何内容。冲突和错误的行不会导入，下面逐行列出，也可以下载修改。",
    start: "开始导入",
    startAsk: "开始导入？",
    startText: "导入在后台进行，可以随时取消，之后从中断处继续。",
    again: "修改后请重新试算",
  },
  en: {
    mapping: "What the columns mean",
    mappingText:
      "Choose the ids by which customers are known and what to write; the rest stays out.",
    encoding: "Encoding",
    separator: "Separator",
    separators: { ",": "Comma", "\t": "Tab", ";": "Semicolon", "|": "Bar" },
    existing: "What known customers already have",
    keep: "Keep it, fill gaps only",
    replace: "Replace it with the file's",
    twice:
      "Rows about one person count in their order: kept is what came first, or with “replace” what came last.",
    preview: "What becomes of the first 20 rows",
    check: "Try the whole file",
    checking: "Being tried; nothing is written",
    result: "Result of the trial",
    resultText:
      "Nothing was written yet. Conflicts and wrong rows stay out: they are listed below and can be fetched.",
    start: "Import",
    startAsk: "Begin to import?",
    startText: "It runs in the background, can be cancelled, and goes on where it stopped.",
    again: "Changed: try it again",
  },
});

/** Before an import: what columns mean, what would come of it, and go. */
export function ImportSetUp({ file }: { file: Import }) {
  const t = useText(words);
  const [plan, setPlan] = useState<Plan>(file.plan);
  const acts = useImportActs(file.id);
  const preview = usePreview(file.id, plan, true);
  const confirm = useConfirm();
  const { message } = App.useApp();
  // Which column is wrong stands in the sentence; there is no form to put it beside.
  const tell = { onError: (failure: unknown) => void message.error(sentenceOf(failure)) };
  const header = preview.data?.header ?? file.header;
  const changed = JSON.stringify(plan) !== JSON.stringify(file.plan);
  const checking = file.state === "checking";
  const people = (file.checked?.new ?? 0) + (file.checked?.known ?? 0);
  return (
    <>
      <Section title={t.mapping}>
        <p style={{ marginBottom: 12, color: "var(--ink-soft)" }}>{t.mappingText}</p>
        <Space wrap style={{ marginBottom: 12 }}>
          {file.source === "csv" && (
            <>
              <Select
                aria-label={t.encoding}
                value={plan.encoding}
                onChange={(encoding) => setPlan({ ...plan, encoding })}
                options={[
                  { value: "utf-8" as const, label: "UTF-8" },
                  { value: "gb18030" as const, label: "GBK" },
                  { value: "utf-16" as const, label: "UTF-16" },
                ]}
              />
              <Select
                aria-label={t.separator}
                value={plan.separator}
                onChange={(separator) => setPlan({ ...plan, separator })}
                options={([",", "\t", ";", "|"] as const).map((value) => ({
                  value,
                  label: t.separators[value],
                }))}
              />
            </>
          )}
        </Space>
        <Mapping
          header={header}
          samples={preview.data?.rows ?? []}
          columns={plan.columns}
          onChange={(columns) => setPlan({ ...plan, columns })}
        />
        <p style={{ margin: "16px 0 4px" }}>{t.existing}</p>
        <Radio.Group
          value={plan.existing}
          onChange={(event) => setPlan({ ...plan, existing: event.target.value })}
          options={[
            { value: "keep", label: t.keep },
            { value: "replace", label: t.replace },
          ]}
        />
        <p style={{ marginTop: 4, color: "var(--ink-faint)" }}>{t.twice}</p>
      </Section>
      <Section title={t.preview}>
        <Spin spinning={preview.isFetching} delay={300}>
          <PreviewTable query={preview} />
        </Spin>
      </Section>
      {file.checked && !changed && (
        <Section title={t.result}>
          <Counts counts={file.checked} />
          <p style={{ marginTop: 12, color: "var(--ink-soft)" }}>{t.resultText}</p>
        </Section>
      )}
      {file.checked && !changed && file.problems + file.repeats > 0 && (
        <RowsToldOf file={file} trial />
      )}
      {file.checked && changed && (
        <Alert type="warning" showIcon message={t.again} style={{ marginBottom: 16 }} />
      )}
      <Space wrap>
        <Button
          type={file.checked && !changed ? "default" : "primary"}
          loading={checking || acts.check.isPending}
          onClick={() => acts.check.mutate(plan, tell)}
        >
          {checking ? t.checking : t.check}
        </Button>
        {file.checked && !changed && (
          <Button
            type="primary"
            disabled={people === 0}
            onClick={() =>
              confirm({
                title: t.startAsk,
                body: t.startText,
                action: `${t.start}（${formatCount(people)}）`,
                danger: false,
                people,
                run: () => acts.start.mutateAsync(undefined, tell),
              })
            }
          >
            {t.start}
          </Button>
        )}
      </Space>
    </>
  );
}
