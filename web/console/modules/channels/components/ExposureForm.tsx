import type { Channel } from "@kit/api/types.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Form, InputNumber, Modal } from "antd";
import { useAddExposures } from "../hooks/useChannels.ts";

const words = defineMessages({
  zh: {
    title: (name: string) => `录入曝光：${name}`,
    count: "新增曝光数",
    note: (count: string) => `例如这次印了多少张卡片。会累加到已录入的 ${count} 上。`,
    needed: "请输入大于 0 的整数",
    save: "录入",
  },
  en: {
    title: (name) => `Enter exposure: ${name}`,
    count: "Additional exposure",
    note: (count) =>
      `For instance the cards printed this time. Added to the ${count} entered so far.`,
    needed: "Enter a whole number above 0",
    save: "Enter",
  },
});

export function ExposureForm({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const t = useText(words);
  const [form] = Form.useForm<{ count: number }>();
  const add = useAddExposures();
  const showProblem = useFormProblem(form);
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
      <Form
        form={form}
        layout="vertical"
        onFinish={({ count }) =>
          add.mutate({ id: channel.id, count }, { onSuccess: onClose, onError: showProblem })
        }
      >
        <Form.Item
          name="count"
          label={t.count}
          extra={t.note(formatCount(channel.exposed ?? 0))}
          rules={[{ required: true, type: "integer", min: 1, message: t.needed }]}
        >
          <InputNumber autoFocus min={1} precision={0} style={{ width: "100%" }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
