import { sentenceOf } from "@kit/api/problem.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Alert, Form, Input, Modal } from "antd";
import type { ReactNode } from "react";
import { identityWords } from "../words.ts";

type ReasonDialogProps = {
  title: string;
  action: string;
  danger?: boolean;
  optional?: boolean;
  ready?: boolean;
  busy: boolean;
  failure: unknown;
  children?: ReactNode;
  onClose: () => void;
  onSay: (reason: string) => void;
};

/** Says what is about to happen, and asks why. */
export function ReasonDialog({
  title,
  action,
  danger,
  optional,
  ready = true,
  busy,
  failure,
  children,
  onClose,
  onSay,
}: ReasonDialogProps) {
  const t = useText(identityWords);
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <Modal
      open
      width={520}
      title={title}
      okText={action}
      okButtonProps={{ danger, disabled: !ready }}
      onCancel={onClose}
      onOk={form.submit}
      confirmLoading={busy}
    >
      <div style={{ display: "grid", gap: 12 }}>
        {children}
        {failure !== null && <Alert type="error" showIcon message={sentenceOf(failure)} />}
        <Form<{ reason: string }>
          name="reason"
          form={form}
          layout="vertical"
          initialValues={{ reason: "" }}
          onFinish={({ reason }) => onSay(reason.trim())}
        >
          <Form.Item
            name="reason"
            label={t.reason}
            rules={optional ? [] : [{ required: true, whitespace: true, message: t.reasonNeeded }]}
          >
            <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} />
          </Form.Item>
        </Form>
      </div>
    </Modal>
  );
}
