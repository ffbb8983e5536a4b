import type { TagGroup, TagKind } from "@kit/api/types.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Form, Input, Modal, Select } from "antd";
import { useLibraryActs } from "../hooks/useTags.ts";
import { tagWords } from "../words.ts";

const words = defineMessages({
  zh: {
    title: (kind: string) => `新建${kind}`,
    group: "标签组",
    groupRule: "请填写标签组，最多 30 个字",
    groupHint: "填已有的组名就加进那一组",
    names: "标签",
    namesHint: "输入后按回车，可一次建多个",
    namesRule: "请至少填写一个标签",
    long: "每个标签最多 30 个字",
  },
  en: {
    title: (kind) => `New: ${kind}`,
    group: "Group",
    groupRule: "Name a group, 30 characters at most",
    groupHint: "The name of a group that exists joins it",
    names: "Tags",
    namesHint: "Press Enter after each",
    namesRule: "Name at least one tag",
    long: "30 characters at most each",
  },
});

type Props = { kind: TagKind; group: TagGroup | null; onClose: () => void };

export function NewTagsModal({ kind, group, onClose }: Props) {
  const t = useText(words);
  const names = useText(tagWords);
  const [form] = Form.useForm<{ group_name: string; names: string[] }>();
  const { create } = useLibraryActs();
  const tell = useFormProblem(form);
  return (
    <Modal
      open
      title={t.title(names.kinds[kind])}
      okText={names.save}
      cancelText={names.cancel}
      confirmLoading={create.isPending}
      onCancel={onClose}
      onOk={form.submit}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ group_name: group?.name ?? "", names: [] }}
        onFinish={(draft) =>
          create.mutate(
            {
              source: kind,
              names: draft.names,
              ...(group ? { group_id: group.id } : { group_name: draft.group_name }),
            },
            { onSuccess: onClose, onError: tell },
          )
        }
      >
        <Form.Item
          name="group_name"
          label={t.group}
          extra={group ? undefined : t.groupHint}
          rules={[{ required: true, whitespace: true, max: 30, message: t.groupRule }]}
        >
          <Input disabled={group !== null} maxLength={30} />
        </Form.Item>
        <Form.Item
          name="names"
          label={t.names}
          extra={t.namesHint}
          rules={[
            { required: true, message: t.namesRule },
            {
              validator: (_, list: string[]) =>
                list.some((name) => name.length > 30)
                  ? Promise.reject(new Error(t.long))
                  : Promise.resolve(),
            },
          ]}
        >
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", "，", "、"]} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
