import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button, Input, Modal, Popover, Space, Tag, Tooltip } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useNote } from "../../jobs/notes.ts";
import type { Erasure } from "../api.ts";
import { useErasureActs, useErasures } from "../hooks.ts";
import { ERASURE_COLOURS, privacyWords } from "../words.ts";

/** By this word the server knows that a person confirmed, whatever they typed it in. */
const WORD = "删除";

const words = defineMessages({
  zh: {
    customer: "客户",
    unnamed: "未命名",
    gone: "已删除的客户",
    state: "状态",
    by: "申请人",
    askers: { customer: "客户本人", enterprise: "企业" } as Record<string, string>,
    enteredBy: (name: string) => `由 ${name} 录入`,
    asked: "申请时间",
    due: "完成期限",
    done: "完成时间",
    confirm: "确认删除",
    withdraw: "撤回",
    title: "确认删除这位客户的个人信息？",
    text: "昵称、手机号、好友关系、标签、浏览和群记录等会从数据库、分析引擎、人群、导出文件中删除，无法恢复。法律要求保留的订单会去掉个人信息后保留。企业微信里的好友关系不受影响，客户重新添加员工前，siyu 不会再次收录。",
    word: WORD,
    type: `请输入“${WORD}”以确认`,
    rows: (count: string) => `共处理 ${count} 条记录`,
    named: (count: string) => `${count} 处文字待检查`,
    namedTitle: "以下内容里还写着这位客户的姓名或手机号",
    namedText: "改动条件会改变人群，姓名也可能属于别人，所以没有自动修改。请逐一检查，必要时改写。",
    place: (title: string, ids: string) => `${title}：编号 ${ids}`,
    more: (count: string) => `等 ${count} 处`,
    empty: "没有删除申请",
    emptyText: "客户要求删除个人信息时，在客户页的「授权与隐私」里申请，再到这里确认。",
  },
  en: {
    customer: "Customer",
    unnamed: "Unnamed",
    gone: "Erased customer",
    state: "State",
    by: "Asked by",
    askers: { customer: "The customer", enterprise: "The enterprise" },
    enteredBy: (name) => `entered by ${name}`,
    asked: "Asked",
    due: "Due",
    done: "Done",
    confirm: "Erase",
    withdraw: "Withdraw",
    title: "Erase this customer's data?",
    text: "Name, phone, friendships, tags, readings and groups go from the database, the analytics engine, audiences and exported files, for good. Orders stay, without the person. The friendship in WeCom stays; siyu takes it up again only once the customer adds staff anew.",
    word: "erase",
    type: "Type “erase” to confirm",
    rows: (count) => `${count} rows`,
    named: (count) => `${count} texts to look at`,
    namedTitle: "The name or phone number still stands here",
    namedText:
      "Changing a condition would change whom it is about, and a name may be somebody else's, so nothing was altered. Look at each and rewrite it where needed.",
    place: (title, ids) => `${title}: no. ${ids}`,
    more: (count) => ` of ${count}`,
    empty: "Nobody asked for erasure",
    emptyText: "Ask for it on the customer's page, then confirm it here.",
  },
});

/** Wishes to be forgotten: confirmed here, and how far each is. */
export function ErasuresPanel() {
  const t = useText(words);
  const names = useText(privacyWords);
  const noteOf = useNote();
  const pages = useErasures();
  const acts = useErasureActs();
  const [open, setOpen] = useState<Erasure | null>(null);
  const [word, setWord] = useState("");

  function close() {
    setOpen(null);
    setWord("");
  }

  return (
    <>
      <ListTable<Erasure>
        pages={pages}
        rowKey={(one) => one.id}
        empty={<EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
        columns={[
          {
            title: t.customer,
            render: (_, one) =>
              one.customer_id === null ? (
                <span style={{ color: "var(--ink-faint)" }}>{t.gone}</span>
              ) : (
                <Link to={`/people/customers/${one.customer_id}`}>
                  {one.customer_name || t.unnamed}
                </Link>
              ),
          },
          {
            title: t.state,
            render: (_, one) => (
              <Tooltip title={noteOf({ note: one.run_note, said: one.run_said })}>
                <Tag color={ERASURE_COLOURS[one.state]}>{names.erasures[one.state]}</Tag>
              </Tooltip>
            ),
          },
          {
            title: t.by,
            render: (_, one) => (
              <>
                {t.askers[one.asked_by] ?? "—"}
                {one.by && <div style={{ color: "var(--ink-faint)" }}>{t.enteredBy(one.by)}</div>}
              </>
            ),
          },
          { title: t.asked, render: (_, one) => <Moment at={one.asked_at} /> },
          { title: t.due, render: (_, one) => <Moment at={one.due_at} /> },
          {
            title: t.done,
            render: (_, one) => (
              <Space>
                <Tooltip title={one.done_at ? t.rows(formatCount(total(one.report))) : ""}>
                  <span>
                    <Moment at={one.done_at} />
                  </span>
                </Tooltip>
                <StillNamed places={placesIn(one.report)} />
              </Space>
            ),
          },
          {
            title: "",
            render: (_, one) =>
              one.state === "asked" && (
                <Space>
                  <Button size="small" danger onClick={() => setOpen(one)}>
                    {t.confirm}
                  </Button>
                  <Button size="small" onClick={() => acts.withdraw.mutate(one.id)}>
                    {t.withdraw}
                  </Button>
                </Space>
              ),
          },
        ]}
      />
      <Modal
        open={open !== null}
        title={t.title}
        okText={t.confirm}
        okButtonProps={{ danger: true, disabled: word.trim() !== t.word }}
        confirmLoading={acts.confirm.isPending}
        onCancel={close}
        onOk={() => open && acts.confirm.mutate({ id: open.id, word: WORD }, { onSuccess: close })}
      >
        <p>
          <strong>{open?.customer_name}</strong>
        </p>
        <p style={{ margin: "8px 0 12px" }}>{t.text}</p>
        <Input
          value={word}
          placeholder={t.type}
          onChange={(event) => setWord(event.target.value)}
        />
      </Modal>
    </>
  );
}

/** Texts of one kind that still name an erased customer. */
interface NamedPlace {
  title: string;
  count: number;
  ids: number[];
}

/** Says where the enterprise's own words still name somebody, for a person to look at. */
function StillNamed({ places }: { places: NamedPlace[] }) {
  const t = useText(words);
  if (places.length === 0) {
    return null;
  }
  const count = places.reduce((sum, place) => sum + place.count, 0);
  return (
    <Popover
      trigger="click"
      title={t.namedTitle}
      content={
        <div style={{ maxWidth: 320 }}>
          <p>{t.namedText}</p>
          <ul>
            {places.map((place) => (
              <li key={place.title}>
                {t.place(place.title, place.ids.join("、"))}
                {place.count > place.ids.length && t.more(formatCount(place.count))}
              </li>
            ))}
          </ul>
        </div>
      }
    >
      <Button type="link" size="small">
        {t.named(formatCount(count))}
      </Button>
    </Popover>
  );
}

function placesIn(report: Record<string, unknown>): NamedPlace[] {
  return (report.texts as NamedPlace[] | undefined) ?? [];
}

function total(report: Record<string, unknown>): number {
  return Object.values(report).reduce<number>(
    (sum, each) => sum + (typeof each === "number" ? each : 0),
    0,
  );
}
