import type { Channel, NewChannel } from "@kit/api/types.ts";
import { focusOnceShown } from "@kit/desk/focusOnceShown.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Form, Input, Modal, Select } from "antd";
import { useSaveChannel } from "../hooks/useChannels.ts";
import { CHANNEL_KINDS, channelWords } from "../words.ts";

const words = defineMessages({
  zh: {
    add: "新建渠道",
    edit: "编辑渠道",
    name: "渠道名称",
    namePlace: "如：十一月包裹卡",
    kind: "类型",
    note: "备注",
    needed: "请填写渠道名称",
    save: "保存",
  },
  en: {
    add: "New channel",
    edit: "Edit channel",
    name: "Name",
    namePlace: "e.g. Parcel card, November",
    kind: "Kind",
    note: "Note",
    needed: "Give the channel a name",
    save: "Save",
  },
});

type ChannelFormProps = {
  channel?: Channel;
  onClose: () => void;
  onSaved?: (channel: Channel) => void;
};

export function ChannelForm({ channel, onClose, onSaved }: ChannelFormProps) {
  const t = useText(words);
  const kinds = useText(channelWords).kinds;
  const [form] = Form.useForm<NewChannel>();
  const save = useSaveChannel();
  const showProblem = useFormProblem(form);
  return (
    <Modal
      open
      title={channel ? t.edit : t.add}
      onCancel={onClose}
      okText={t.save}
      confirmLoading={save.isPending}
      onOk={form.submit}
    >
      <Form<NewChannel>
        name="channel"
        form={form}
        layout="vertical"
        initialValues={
          channel
            ? { name: channel.name, kind: channel.kind, note: channel.note }
            : { kind: "parcel_card", note: "" }
        }
        onFinish={(body) =>
          save.mutate(
            { id: channel?.id, body },
            {
              onSuccess: (saved) => {
                onSaved?.(saved);
                onClose();
              },
              onError: showProblem,
            },
          )
        }
      >
        <Form.Item
          name="name"
          label={t.name}
          rules={[{ required: true, whitespace: true, message: t.needed }]}
        >
          <Input ref={focusOnceShown} maxLength={40} placeholder={t.namePlace} />
        </Form.Item>
        <Form.Item name="kind" label={t.kind}>
          <Select options={CHANNEL_KINDS.map((value) => ({ value, label: kinds[value] }))} />
        </Form.Item>
        <Form.Item name="note" label={t.note}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
