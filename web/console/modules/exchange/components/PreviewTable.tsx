import { Reading } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Table, Tag } from "antd";
import type { Preview, PreviewRow } from "../api.ts";
import { exchangeWords, FATE_COLOURS } from "../words.ts";

const words = defineMessages({
  zh: { line: "行", fate: "结果", none: "文件里没有数据行" },
  en: { line: "Row", fate: "Result", none: "There are no rows in the file" },
});

type PreviewTableProps = {
  query: { data: Preview | undefined; error: unknown; refetch: () => unknown };
};

/** What is to be said of one cell, or of the row as a whole where `place` is 0; in plain sight. */
function saidOf({ problems }: PreviewRow, place: number) {
  const said = problems.filter((each) => each.place === place).map((each) => each.message);
  return (
    said.length > 0 && (
      <small style={{ display: "block", maxWidth: 200, color: "var(--attention-ink)" }}>
        {said.join("；")}
      </small>
    )
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
                <>
                  <Tag color={FATE_COLOURS[row.fate]}>{names.fates[row.fate]}</Tag>
                  {saidOf(row, 0)}
                </>
              ),
            },
            ...header.map((title, at) => ({
              title: title || "—",
              key: `c${at}`,
              render: (_: unknown, row: PreviewRow) => (
                <>
                  {row.cells[at] || "—"}
                  {saidOf(row, at + 1)}
                </>
              ),
            })),
          ]}
        />
      )}
    </Reading>
  );
}
