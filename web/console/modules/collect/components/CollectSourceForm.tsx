import type { CollectSourceDraft } from "@kit/api/types.ts";
import { focusOnceShown } from "@kit/desk/focusOnceShown.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Form, Input, Modal, Select } from "antd";
import { useCollectSourceActs } from "../hooks/useCollectSources.ts";
import { collectWords } from "../words.ts";

const ORIGIN = /^https?:\/\/[^/\s?#]+\/?$/;

export function CollectSourceForm({ onClose }: { onClose: () => void }) {
  const t = useText(collectWords);
  const [form] = Form.useForm<CollectSourceDraft>();
  const showProblem = useFormProblem(form);
  const { make } = useCollectSourceActs();
  return (
    <Modal
      open
      width={480}
      title={t.add}
      okText={t.save}
      onCancel={onClose}
      onOk={form.submit}
      confirmLoading={make.isPending}
    >
      <Form<CollectSourceDraft>
        name="collect-source"
        form={form}
        layout="vertical"
        initialValues={{ origins: [] }}
        onFinish={(values) => make.mutate(values, { onSuccess: onClose, onError: showProblem })}
      >
        <Form.Item
          name="name"
          label={t.name}
          rules={[{ required: true, whitespace: true, message: t.nameNeeded }]}
        >
          <Input ref={focusOnceShown} maxLength={40} placeholder={t.namePlace} />
        </Form.Item>
        <Form.Item
          name="origins"
          label={t.origins}
          extra={t.originsMeans}
          rules={[
            {
              validator: (_, origins: string[] = []) =>
                origins.every((one) => ORIGIN.test(one.trim()))
                  ? Promise.resolve()
                  : Promise.reject(t.originRule),
            },
          ]}
        >
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            maxCount={20}
            tokenSeparators={[" ", ",", "，"]}
            placeholder={t.originsPlace}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
