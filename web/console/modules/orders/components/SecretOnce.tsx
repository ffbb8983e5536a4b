import type { OrderSourceWithSecret } from "@kit/api/types.ts";
import { CopyField } from "@kit/desk/CopyField.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Alert, Form, Modal } from "antd";

const words = defineMessages({
  zh: {
    title: (name: string) => `“${name}”的密钥`,
    once: "请现在复制 Secret：它已加密保存，以后不会再显示。",
    done: "我已复制",
  },
  en: {
    title: (name) => `Keys of ${name}`,
    once: "Copy the secret now: it is stored encrypted and never shown again.",
    done: "I have copied it",
  },
});

export function SecretOnce({
  source,
  onClose,
}: {
  source: OrderSourceWithSecret;
  onClose: () => void;
}) {
  const t = useText(words);
  return (
    <Modal
      open
      title={t.title(source.name)}
      okText={t.done}
      onOk={onClose}
      closable={false}
      maskClosable={false}
      keyboard={false}
      cancelButtonProps={{ style: { display: "none" } }}
    >
      <Alert type="warning" showIcon message={t.once} style={{ marginBottom: 16 }} />
      <Form layout="vertical">
        <Form.Item label="Key">
          <CopyField value={source.key} label="Key" />
        </Form.Item>
        <Form.Item label="Secret">
          <CopyField value={source.secret} label="Secret" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
