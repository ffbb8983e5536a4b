import type { Channel } from "@kit/api/types.ts";
import { focusOnceShown } from "@kit/desk/focusOnceShown.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Form, InputNumber, Modal } from "antd";
import { useAddExposure } from "../hooks/useChannels.ts";

const words = defineMessages({
  zh: {
    title: (name: string) => `录入曝光：${name}`,
    count: "新增曝光数",
    note: (count: string) => `例如这次印了多少张卡片。会累加到已录入的 ${count} 上。`,
    needed: "请输入大于 0 的整数",
    cost: "成本（选填）",
    costNote: "印刷、投放等花费，用来计算投入产出。",
    save: "录入",
  },
  en: {
    title: (name) => `Enter exposure: ${name}`,
    count: "Additional exposure",
    note: (count) =>
      `For instance the cards printed this time. Added to the ${count} entered so far.`,
    needed: "Enter a whole number above 0",
    cost: "Cost (optional)",
    costNote: "What printing or placing cost, for the return.",
    save: "Enter",
  },
});

type Fields = { count: number; cost_yuan?: number | null };

const FEN_PER_YUAN = 100;

export function ExposureForm({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const t = useText(words);
  const [form] = Form.useForm<Fields>();
  const add = useAddExposure();
  const showProblem = useFormProblem(form);

  function onFinish({ count, cost_yuan }: Fields) {
    const body = { count, cost_fen: Math.round((cost_yuan ?? 0) * FEN_PER_YUAN) };
    add.mutate({ id: channel.id, body }, { onSuccess: onClose, onError: showProblem });
  }

  return (
    <Modal
      open
      width={420}
      title={t.title(channel.name)}
      onCancel={onClose}
      okText={t.save}
      confirmLoading={add.isPending}
      onOk={form.submit}
    >
      <Form<Fields> name="exposure" form={form} layout="vertical" onFinish={onFinish}>
        <Form.Item
          name="count"
          label={t.count}
          extra={t.note(formatCount(channel.exposed ?? 0))}
          rules={[{ required: true, type: "integer", min: 1, message: t.needed }]}
        >
          <InputNumber ref={focusOnceShown} min={1} precision={0} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="cost_yuan" label={t.cost} extra={t.costNote}>
          <InputNumber min={0} precision={2} prefix="¥" style={{ width: "100%" }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
