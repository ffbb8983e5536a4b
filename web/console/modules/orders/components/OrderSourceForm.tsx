import type { OrderSourceMade } from "@kit/api/types.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Form, Input, Modal } from "antd";
import { makeOrderSource } from "../api.ts";

const words = defineMessages({
  zh: {
    title: "新建订单接入",
    name: "名称",
    place: "如：有赞商城",
    needed: "请填写名称",
    save: "创建",
  },
  en: {
    title: "New order source",
    name: "Name",
    place: "e.g. Web shop",
    needed: "Give it a name",
    save: "Create",
  },
});

type OrderSourceFormProps = { onClose: () => void; onMade: (source: OrderSourceMade) => void };

export function OrderSourceForm({ onClose, onMade }: OrderSourceFormProps) {
  const t = useText(words);
  const client = useQueryClient();
  const [form] = Form.useForm<{ name: string }>();
  const showProblem = useFormProblem(form);
  const make = useMutation({
    mutationFn: makeOrderSource,
    onSuccess: (source) => {
      client.invalidateQueries({ queryKey: ["order-sources"] });
      onMade(source);
      onClose();
    },
    onError: showProblem,
  });
  return (
    <Modal
      open
      width={420}
      title={t.title}
      okText={t.save}
      onCancel={onClose}
      onOk={form.submit}
      confirmLoading={make.isPending}
    >
      <Form form={form} layout="vertical" onFinish={(values) => make.mutate(values)}>
        <Form.Item
          name="name"
          label={t.name}
          rules={[{ required: true, whitespace: true, message: t.needed }]}
        >
          <Input autoFocus maxLength={40} placeholder={t.place} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
