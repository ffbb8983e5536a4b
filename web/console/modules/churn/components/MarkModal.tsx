import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { useText } from "@kit/i18n/messages.ts";
import { App, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { PersonFinder, type Someone } from "../../audiences/components/live/PersonFinder.tsx";
import { tagWords } from "../../tags/words.ts";
import { useChurnActs } from "../api.ts";
import { churnWords } from "../words.ts";

/** Marks a customer of whom staff know that they have had enough, with how they know. */
export function MarkModal({ onClose }: { onClose: () => void }) {
  const t = useText(churnWords);
  const names = useText(tagWords);
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const [person, setPerson] = useState<Someone | null>(null);
  const { mark } = useChurnActs();
  const tell = useFormProblem(form);
  return (
    <Modal
      open
      title={t.mark}
      okText={t.markOk}
      cancelText={names.cancel}
      okButtonProps={{ disabled: person === null }}
      confirmLoading={mark.isPending}
      onCancel={onClose}
      onOk={form.submit}
    >
      <p style={{ marginBottom: 16 }}>{t.markText}</p>
      <Form
        form={form}
        layout="vertical"
        onFinish={({ reason }) =>
          person &&
          mark.mutate(
            { customer_id: person.id, reason: reason.trim() },
            {
              onSuccess: () => {
                message.success(t.marked(person.name));
                onClose();
              },
              onError: tell,
            },
          )
        }
      >
        <Form.Item label={t.customer} required>
          {person ? (
            <span>
              {person.name}{" "}
              <Button type="link" size="small" onClick={() => setPerson(null)}>
                {t.another}
              </Button>
            </span>
          ) : (
            <PersonFinder onChoose={setPerson} />
          )}
        </Form.Item>
        <Form.Item
          name="reason"
          label={t.why}
          rules={[{ required: true, whitespace: true, message: t.whyNeeded }]}
        >
          <Input.TextArea rows={3} maxLength={200} showCount placeholder={t.whyPlace} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
