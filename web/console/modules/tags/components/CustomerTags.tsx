import { ClockCircleOutlined, PlusOutlined } from "@ant-design/icons";
import type { TagMark } from "@kit/api/types.ts";
import { focusOnceShown } from "@kit/desk/focusOnceShown.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { SelectMany } from "@kit/desk/SelectMany.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Form, Input, InputNumber, Modal, Popover, Space, Tag } from "antd";
import { useState } from "react";
import { useMarkOne, useTagChoices, useTagsOf } from "../hooks/useTags.ts";
import { tagWords } from "../words.ts";

const words = defineMessages({
  zh: {
    title: "标签",
    none: "还没有标签",
    change: "打标签",
    ends: "几天后自动移除",
    never: "一直保留",
    since: "打上于",
    until: "保留到",
    by: "由",
    on: (staff: string) => `${staff} 的好友关系`,
  },
  en: {
    title: "Tags",
    none: "No tags",
    change: "Tag",
    ends: "Taken off after days",
    never: "Kept",
    since: "Since",
    until: "Until",
    by: "By",
    on: (staff) => `On the friendship of ${staff}`,
  },
});

/** The tags of a customer with reason, who, since and until; put on and taken off here. */
export function CustomerTags({ customerId }: { customerId: number }) {
  const t = useText(words);
  const may = useMay()("customers.tag");
  const marks = useTagsOf(customerId);
  const mark = useMarkOne();
  const [open, setOpen] = useState(false);
  return (
    <Section
      title={t.title}
      extra={
        may && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
            {t.change}
          </Button>
        )
      }
    >
      <Reading query={marks}>
        {(items) =>
          items.length === 0 ? (
            <span style={{ color: "var(--ink-soft)" }}>{t.none}</span>
          ) : (
            <Space size={6} wrap>
              {items.map((one) => (
                <Popover
                  key={`${one.tag_id}:${one.contact_id}`}
                  title={`${one.group} / ${one.name}`}
                  content={<Why one={one} />}
                >
                  <Tag
                    color={one.kind === "internal" ? "gold" : "success"}
                    closable={may}
                    onClose={(event) => {
                      event.preventDefault();
                      mark.mutate({
                        customerId,
                        remove: [one.tag_id],
                        ...(one.contact_id === null ? {} : { contact_id: one.contact_id }),
                      });
                    }}
                  >
                    {one.name}
                    {one.until && <ClockCircleOutlined style={{ marginInlineStart: 4 }} />}
                  </Tag>
                </Popover>
              ))}
            </Space>
          )
        }
      </Reading>
      {open && <MarkModal customerId={customerId} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function Why({ one }: { one: TagMark }) {
  const t = useText(words);
  const names = useText(tagWords);
  return (
    <div style={{ display: "grid", gap: 4, maxWidth: 280 }}>
      {one.staff && <span>{t.on(one.staff)}</span>}
      <span>
        {t.by} {one.employee ?? names.sources[one.source] ?? one.source}
        {one.reason && `：${one.reason}`}
      </span>
      <span>
        {t.since} <Moment at={one.since} />
      </span>
      {one.until && (
        <span>
          {t.until} <Moment at={one.until} />
        </span>
      )}
    </div>
  );
}

type Draft = { add: number[]; reason?: string; days?: number };

const DAY_MS = 86_400_000;

function MarkModal({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const t = useText(words);
  const names = useText(tagWords);
  const [form] = Form.useForm<Draft>();
  const choices = useTagChoices();
  const mark = useMarkOne();
  return (
    <Modal
      open
      title={t.change}
      okText={names.save}
      cancelText={names.cancel}
      confirmLoading={mark.isPending}
      onCancel={onClose}
      onOk={form.submit}
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={({ add, reason = "", days }) =>
          mark.mutate(
            {
              customerId,
              add,
              reason,
              ...(days ? { ends_at: new Date(Date.now() + days * DAY_MS).toISOString() } : {}),
            },
            { onSuccess: onClose },
          )
        }
      >
        <Form.Item name="add" label={t.title} rules={[{ required: true, message: t.title }]}>
          <SelectMany<number> options={choices} ref={focusOnceShown} />
        </Form.Item>
        <Form.Item name="reason" label={names.reason}>
          <Input maxLength={200} placeholder={names.reasonHint} />
        </Form.Item>
        <Form.Item name="days" label={t.ends}>
          <InputNumber min={1} max={3650} placeholder={t.never} style={{ width: "100%" }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
