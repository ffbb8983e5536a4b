import { Reading } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Table, Tag, Tooltip } from "antd";
import type { Preview, PreviewRow } from "../api.ts";
import { exchangeWords, FATE_COLOURS } from "../words.ts";

const words = defineMessages({
  zh: { line: "行", fate: "结果", none: "文件里没有数据行" },
  en: { line: "Row", fate: "Result", none: "There are no rows in the file" },
});

type PreviewTableProps = {
  query: { data: Preview | undefined; error: unknown; refetch: () => unknown };
};

function cellOf(row: PreviewRow, place: number) {
  const problem = row.problems.find((each) => each.place === place);
  const text = row.cells[place - 1] ?? "";
  if (!problem) return text;
  return (
    <Tooltip title={problem.message}>
      <span style={{ color: "var(--vermilion)", borderBottom: "1px dashed" }}>{text || "—"}</span>
    </Tooltip>
  );
}

/** The first rows of a file, what would become of each, and what is wrong where. */
export function PreviewTable({ query }: PreviewTableProps) {
  const t = useText(words);
  const names = useText(exchangeWords);
  return (
    <Reading query={query} rows={4}>
      {({ header, rows }) => (
        <Table<PreviewRow>
          size="small"
          pagination={false}
          rowKey="line"
          dataSource={rows}
          scroll={{ x: "max-content" }}
          locale={{ emptyText: t.none }}
          columns={[
            { title: t.line, dataIndex: "line", fixed: "left", width: 64 },
            {
              title: t.fate,
              fixed: "left",
              width: 96,
              render: (_, row) => (
                <Tooltip title={row.problems.map((each) => each.message).join("；")}>
                  <Tag color={FATE_COLOURS[row.fate]}>{names.fates[row.fate]}</Tag>
                </Tooltip>
              ),
            },
            ...header.map((title, at) => ({
              title: title || "—",
              key: `c${at}`,
              render: (_: unknown, row: PreviewRow) => cellOf(row, at + 1),
            })),
          ]}
        />
      )}
    </Reading>
  );
}
