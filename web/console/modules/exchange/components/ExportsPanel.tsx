import { DownloadOutlined, PlusOutlined } from "@ant-design/icons";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button, Tag, Tooltip } from "antd";
import { useState } from "react";
import { useNote } from "../../jobs/notes.ts";
import type { Export } from "../api.ts";
import { useExports } from "../hooks.ts";
import { EXPORT_COLOURS, exchangeWords } from "../words.ts";
import { ExportForm } from "./ExportForm.tsx";
import { Whom } from "./Whom.tsx";

const words = defineMessages({
  zh: {
    make: "新建导出",
    who: "导出谁",
    by: "申请人",
    columns: "列",
    state: "状态",
    rows: "客户数",
    asked: "申请时间",
    until: "到期",
    fetch: "下载",
    notMine: "只有申请导出的人可以下载",
    phones: "含完整手机号",
    empty: "还没有导出过",
    emptyText: "选好人群和要的列，文件在后台生成，3 天后自动删除；每次导出和下载都会记入审计。",
  },
  en: {
    make: "New export",
    who: "Whom",
    by: "Asked by",
    columns: "Columns",
    state: "State",
    rows: "Customers",
    asked: "Asked",
    until: "Expires",
    fetch: "Fetch",
    notMine: "Only who asked for it may fetch it",
    phones: "With full phone numbers",
    empty: "Nothing exported yet",
    emptyText:
      "Choose people and columns; the file is written in the background and deleted after 3 days. Every export and download is audited.",
  },
});

/** Lists that were asked for, and asking for one. */
export function ExportsPanel() {
  const t = useText(words);
  const names = useText(exchangeWords);
  const noteOf = useNote();
  const [open, setOpen] = useState(false);
  const pages = useExports();
  const make = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
      {t.make}
    </Button>
  );
  return (
    <>
      <div style={{ marginBottom: 12 }}>{make}</div>
      <ListTable<Export>
        pages={pages}
        rowKey={(one) => one.id}
        empty={<EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
        columns={[
          { title: t.who, render: (_, one) => <Whom about={one.about} /> },
          {
            title: t.columns,
            render: (_, one) => (
              <span>
                {one.titles.slice(0, 4).join("、")}
                {one.titles.length > 4 && ` …(${one.titles.length})`}{" "}
                {one.phones && <Tag>{t.phones}</Tag>}
              </span>
            ),
          },
          {
            title: t.state,
            render: (_, one) => (
              <Tooltip title={noteOf(one)}>
                <Tag color={EXPORT_COLOURS[one.state]}>{names.exportStates[one.state]}</Tag>
              </Tooltip>
            ),
          },
          { title: t.rows, align: "right", render: (_, one) => formatCount(one.rows) },
          { title: t.by, render: (_, one) => one.by ?? "—" },
          { title: t.asked, render: (_, one) => <Moment at={one.created_at} /> },
          { title: t.until, render: (_, one) => <Moment at={one.expires_at} /> },
          {
            title: "",
            render: (_, one) =>
              one.state === "ready" && (
                <Tooltip title={one.mine ? "" : t.notMine}>
                  <Button
                    size="small"
                    icon={<DownloadOutlined />}
                    disabled={!one.mine}
                    href={one.mine ? `/api/exports/${one.id}/file` : undefined}
                  >
                    {t.fetch} {one.format.toUpperCase()}
                  </Button>
                </Tooltip>
              ),
          },
        ]}
      />
      {open && <ExportForm onClose={() => setOpen(false)} />}
    </>
  );
}
