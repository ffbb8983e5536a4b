import { InboxOutlined } from "@ant-design/icons";
import { sentenceOf } from "@kit/api/problem.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { App, Progress, Tag, Upload } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { type Import, uploadImport } from "../api.ts";
import { useImports } from "../hooks.ts";
import { exchangeWords, IMPORT_COLOURS } from "../words.ts";

const words = defineMessages({
  zh: {
    drop: "点击选择，或把文件拖到这里",
    limits:
      "支持 CSV（UTF-8、GBK、UTF-16，最大 512 MB）和 Excel（.xlsx，最大 50 MB）。第一行是列名。文件加密保存，24 小时后自动删除。",
    sending: "正在上传",
    reading: "正在读取文件",
    name: "文件",
    state: "状态",
    rows: "行数",
    problems: "未导入",
    uploaded: "上传时间",
    empty: "还没有导入过客户",
    emptyText: "把商城会员、线下登记的客户导入 siyu，之后加好友时会自动认出是同一个人。",
  },
  en: {
    drop: "Choose a file, or drop it here",
    limits:
      "CSV (UTF-8, GBK, UTF-16, up to 512 MB) and Excel (.xlsx, up to 50 MB), with column names in the first row. Files are kept encrypted and deleted after 24 hours.",
    sending: "Uploading",
    reading: "Reading the file",
    name: "File",
    state: "State",
    rows: "Rows",
    problems: "Not imported",
    uploaded: "Uploaded",
    empty: "Nothing imported yet",
    emptyText: "Bring members of your shop: when they add staff, they are known at once.",
  },
});

/** Uploading, and the files that were uploaded. */
export function ImportsPanel() {
  const t = useText(words);
  const names = useText(exchangeWords);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [share, setShare] = useState<number | null>(null);
  const pages = useImports();

  async function send(file: File) {
    setShare(0);
    try {
      const made = await uploadImport(file, setShare);
      navigate(`/people/imports/${made.id}`);
    } catch (failure) {
      message.error(sentenceOf(failure));
    } finally {
      setShare(null);
    }
  }

  return (
    <div style={{ display: "grid", gap: 16 }}>
      <Upload.Dragger
        accept=".csv,.txt,.tsv,.xlsx"
        showUploadList={false}
        disabled={share !== null}
        beforeUpload={(file) => {
          void send(file);
          return Upload.LIST_IGNORE;
        }}
      >
        {share === null ? (
          <>
            <InboxOutlined style={{ fontSize: 28, color: "var(--jade)" }} />
            <p style={{ margin: "8px 0 4px" }}>{t.drop}</p>
            <p style={{ margin: 0, fontSize: 12, color: "var(--ink-faint)" }}>{t.limits}</p>
          </>
        ) : (
          <div style={{ maxWidth: 360, margin: "12px auto" }}>
            <Progress percent={Math.floor(share * 100)} status="active" />
            {share < 1 ? t.sending : t.reading}
          </div>
        )}
      </Upload.Dragger>
      <ListTable<Import>
        pages={pages}
        rowKey={(one) => one.id}
        onOpen={(one) => navigate(`/people/imports/${one.id}`)}
        empty={<EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
        columns={[
          { title: t.name, render: (_, one) => one.name },
          {
            title: t.state,
            render: (_, one) => (
              <Tag color={IMPORT_COLOURS[one.state]}>{names.states[one.state]}</Tag>
            ),
          },
          {
            title: t.rows,
            align: "right",
            render: (_, one) => {
              const rows = one.counts?.rows ?? one.checked?.rows;
              return rows === undefined ? "—" : formatCount(rows);
            },
          },
          {
            title: t.problems,
            align: "right",
            render: (_, one) => (one.counts ? formatCount(one.problems) : "—"),
          },
          { title: t.uploaded, render: (_, one) => <Moment at={one.created_at} /> },
        ]}
      />
    </div>
  );
}
