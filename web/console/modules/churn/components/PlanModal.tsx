import type { ChurnPlan } from "@kit/api/types.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { useText } from "@kit/i18n/messages.ts";
import { App, Form, InputNumber, Modal, Select } from "antd";
import { tagWords } from "../../tags/words.ts";
import { useChurnActs } from "../api.ts";
import { churnWords } from "../words.ts";

/** What is silent, and which words show that somebody has had enough. */
export function PlanModal({ plan, onClose }: { plan: ChurnPlan; onClose: () => void }) {
  const t = useText(churnWords);
  const names = useText(tagWords);
  const { message } = App.useApp();
  const [form] = Form.useForm<ChurnPlan>();
  const { plan: change } = useChurnActs();
  const tell = useFormProblem(form);
  return (
    <Modal
      open
      title={t.plan}
      okText={names.save}
      cancelText={names.cancel}
      confirmLoading={change.isPending}
      onCancel={onClose}
      onOk={form.submit}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ silent_days: plan.silent_days, words: plan.words }}
        onFinish={(draft) =>
          change.mutate(draft, {
            onSuccess: () => {
              message.success(t.planSaved);
              onClose();
            },
            onError: tell,
          })
        }
      >
        <Form.Item name="silent_days" label={t.silentDays} rules={[{ required: true }]}>
          <InputNumber min={1} max={3650} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="words" label={t.wordsLabel} extra={t.wordsHint}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", "，", "、"]} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
