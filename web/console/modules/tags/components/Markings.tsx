import type { Marking } from "@kit/api/types.ts";
import { DeskTable } from "@kit/desk/list/DeskTable.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { formatCount, formatDuration } from "@kit/format/numbers.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Form, Modal, Progress, Select, Space, Tag } from "antd";
import { useState } from "react";
import { MAY } from "../../../permissions.ts";
import { useAudiences } from "../../audiences/hooks/useAudiences.ts";
import { useNote } from "../../jobs/notes.ts";
import { useMarkings } from "../hooks/useTags.ts";
import { tagWords } from "../words.ts";
import { MarkManyModal } from "./MarkManyModal.tsx";

const words = defineMessages({
  zh: {
    fresh: "给人群打标签",
    which: "选择人群",
    next: "下一步",
    empty: "还没有批量打过标签",
    emptyText: "给一个人群打标签，或在客户列表里勾选客户。开始之前会说明要影响多少人、需要多久。",
    what: "标签",
    who: "谁",
    at: "时间",
    progress: "进度",
    failed: (count: string) => `${count} 个没有成功`,
    left: (length: string) => `约剩 ${length}`,
  },
  en: {
    fresh: "Tag an audience",
    which: "Choose an audience",
    next: "Next",
    empty: "Nothing was tagged in bulk yet",
    emptyText:
      "Tag an audience, or choose customers in their list. You see whom it reaches and how long it takes before it starts.",
    what: "Tags",
    who: "By",
    at: "When",
    progress: "Progress",
    failed: (count) => `${count} failed`,
    left: (length) => `about ${length} left`,
  },
});

const STATUS: Record<string, "normal" | "exception" | "success" | "active"> = {
  done: "success",
  failed: "exception",
  running: "active",
};

export function Markings() {
  const t = useText(words);
  const language = useLanguage();
  const names = useText(tagWords);
  const noteOf = useNote();
  const may = useMay();
  const markings = useMarkings();
  const [choosing, setChoosing] = useState(false);
  const [audience, setAudience] = useState<number | null>(null);
  const button = may(MAY.writeTags) && may("audiences.read") && (
    <Button type="primary" onClick={() => setChoosing(true)}>
      {t.fresh}
    </Button>
  );
  return (
    <Section extra={markings.data?.length ? button : undefined}>
      <Reading query={markings}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t.empty} action={button}>
              {t.emptyText}
            </EmptyState>
          ) : (
            <DeskTable<Marking>
              rowKey="id"
              size="middle"
              pagination={false}
              dataSource={items}
              columns={[
                {
                  title: t.what,
                  render: (_, one) => (
                    <Space size={4} wrap>
                      {one.add.map((name) => (
                        <Tag key={`+${name}`} color="success">
                          + {name}
                        </Tag>
                      ))}
                      {one.remove.map((name) => (
                        <Tag key={`-${name}`}>− {name}</Tag>
                      ))}
                    </Space>
                  ),
                },
                { title: names.reason, render: (_, one) => one.reason || "—" },
                { title: t.who, render: (_, one) => one.employee ?? "—" },
                { title: t.at, render: (_, one) => <Moment at={one.created_at} /> },
                {
                  title: t.progress,
                  width: 260,
                  render: (_, one) => (
                    <>
                      <Progress
                        size="small"
                        status={STATUS[one.state] ?? "normal"}
                        percent={
                          one.state === "done"
                            ? 100
                            : Math.floor((100 * one.done) / Math.max(1, one.total ?? 0))
                        }
                      />
                      <small style={{ color: "var(--ink-soft)" }}>
                        {noteOf(one)}
                        {one.failed > 0 && ` · ${t.failed(formatCount(one.failed))}`}
                        {one.seconds_left !== null &&
                          ` · ${t.left(formatDuration(one.seconds_left, language))}`}
                      </small>
                    </>
                  ),
                },
              ]}
            />
          )
        }
      </Reading>
      {choosing && (
        <ChooseAudience
          onClose={() => setChoosing(false)}
          onChoose={(id) => {
            setChoosing(false);
            setAudience(id);
          }}
        />
      )}
      {audience !== null && (
        <MarkManyModal
          target={{ kind: "audience", audience_id: audience }}
          onClose={() => setAudience(null)}
        />
      )}
    </Section>
  );
}

function ChooseAudience({
  onClose,
  onChoose,
}: {
  onClose: () => void;
  onChoose: (id: number) => void;
}) {
  const t = useText(words);
  const names = useText(tagWords);
  const [find, setFind] = useState("");
  const [chosen, setChosen] = useState<number>();
  const pages = useAudiences({ q: find || undefined });
  const found = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Modal
      open
      title={t.fresh}
      okText={t.next}
      cancelText={names.cancel}
      okButtonProps={{ disabled: chosen === undefined }}
      onCancel={onClose}
      onOk={() => chosen !== undefined && onChoose(chosen)}
    >
      <Form layout="vertical">
        <Form.Item label={t.which}>
          <Select
            showSearch
            filterOption={false}
            onSearch={setFind}
            loading={pages.isPending}
            value={chosen}
            onChange={setChosen}
            options={found.map((one) => ({ value: one.id, label: one.name }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
