import type { OrderSourceWithSecret } from "@kit/api/types.ts";
import { focusOnceShown } from "@kit/desk/focusOnceShown.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Form, Input, Modal } from "antd";
import { useOrderSourceActs } from "../hooks/useOrderSources.ts";

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

type OrderSourceFormProps = {
  onClose: () => void;
  onMade: (source: OrderSourceWithSecret) => void;
};

export function OrderSourceForm({ onClose, onMade }: OrderSourceFormProps) {
  const t = useText(words);
  const [form] = Form.useForm<{ name: string }>();
  const showProblem = useFormProblem(form);
  const { make } = useOrderSourceActs();

  function onFinish(values: { name: string }) {
    make.mutate(values, {
      onSuccess: (source) => {
        onMade(source);
        onClose();
      },
      onError: showProblem,
    });
  }

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
      <Form name="order-source" form={form} layout="vertical" onFinish={onFinish}>
        <Form.Item
          name="name"
          label={t.name}
          rules={[{ required: true, whitespace: true, message: t.needed }]}
        >
          <Input ref={focusOnceShown} maxLength={40} placeholder={t.place} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
