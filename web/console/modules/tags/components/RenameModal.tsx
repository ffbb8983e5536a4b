import { focusOnceShown } from "@kit/desk/focusOnceShown.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Form, Input, Modal } from "antd";
import { useLibraryActs } from "../hooks/useTags.ts";
import { tagWords } from "../words.ts";

const words = defineMessages({
  zh: { title: "改名", name: "名称", rule: "1 到 30 个字" },
  en: { title: "Rename", name: "Name", rule: "1 to 30 characters" },
});

export type Renamed = { id: number; group: boolean; name: string };

/** Another name for a tag or a group; says which name it saw, lest a colleague's be undone. */
export function RenameModal({ item, onClose }: { item: Renamed; onClose: () => void }) {
  const t = useText(words);
  const names = useText(tagWords);
  const [form] = Form.useForm<{ name: string }>();
  const { change } = useLibraryActs();
  const tell = useFormProblem(form);
  return (
    <Modal
      open
      title={t.title}
      okText={names.save}
      cancelText={names.cancel}
      confirmLoading={change.isPending}
      onCancel={onClose}
      onOk={form.submit}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ name: item.name }}
        onFinish={({ name }) =>
          change.mutate(
            { id: item.id, group: item.group, change: { name, was: item.name } },
            { onSuccess: onClose, onError: tell },
          )
        }
      >
        <Form.Item
          name="name"
          label={t.name}
          rules={[{ required: true, whitespace: true, max: 30, message: t.rule }]}
        >
          <Input ref={focusOnceShown} maxLength={30} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}
