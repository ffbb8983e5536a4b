import type { TagRule } from "@kit/api/types.ts";
import { SelectMany } from "@kit/desk/SelectMany.tsx";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Form, Input, InputNumber, Modal, Select, Space, Switch } from "antd";
import { useAudiences } from "../../audiences/hooks/useAudiences.ts";
import { useChannelOptions } from "../../channels/hooks/useChannels.ts";
import { previewRule } from "../api.ts";
import { useBehaviours, useRuleActs, useTagChoices } from "../hooks/useTags.ts";
import { draftOf, formOf, NEW_RULE, type RuleForm, TRIGGER_KINDS } from "../rule.ts";
import { tagWords } from "../words.ts";
import { ruleWords } from "./ruleWords.ts";

const WIDE = { width: "100%" };

/** Makes or changes a rule of automatic tags. */
export function RuleModal({ rule, onClose }: { rule: TagRule | null; onClose: () => void }) {
  const t = useText(ruleWords);
  const names = useText(tagWords);
  const [form] = Form.useForm<RuleForm>();
  const kind = Form.useWatch("kind", form) ?? rule?.trigger.kind ?? "behaviour";
  const { save } = useRuleActs();
  const tell = useFormProblem(form);
  const choices = useTagChoices();
  const preview = useMutation({ mutationFn: previewRule });
  const needed = [{ required: true, message: t.required }];
  return (
    <Modal
      open
      width={560}
      title={rule ? t.edit : t.fresh}
      okText={names.save}
      cancelText={names.cancel}
      confirmLoading={save.isPending}
      onCancel={onClose}
      onOk={form.submit}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={rule ? formOf(rule) : NEW_RULE}
        onValuesChange={() => preview.reset()}
        onFinish={(values) =>
          save.mutate(
            { id: rule?.id ?? null, draft: draftOf(values, rule?.trigger) },
            { onSuccess: onClose, onError: tell },
          )
        }
      >
        <Form.Item name="name" label={t.name} rules={needed}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="kind" label={t.when}>
          <Select options={TRIGGER_KINDS.map((one) => ({ value: one, label: t.kinds[one] }))} />
        </Form.Item>
        <TriggerFields kind={kind} />
        <Form.Item name="add" label={names.add}>
          <SelectMany<number> options={choices} />
        </Form.Item>
        <Form.Item name="remove" label={names.remove}>
          <SelectMany<number> options={choices} />
        </Form.Item>
        <Form.Item name="reason" label={names.reason}>
          <Input maxLength={200} placeholder={names.reasonHint} />
        </Form.Item>
        <Form.Item name="ends_days" label={t.ends}>
          <InputNumber min={1} max={3650} placeholder={t.never} style={WIDE} />
        </Form.Item>
        <Form.Item name="active" label={t.active} valuePropName="checked" extra={t.sinceNow}>
          <Switch />
        </Form.Item>
        <Space>
          <Button
            loading={preview.isPending}
            onClick={() =>
              form
                .validateFields()
                .then((values) => preview.mutate(draftOf(values, rule?.trigger)))
                .catch(() => undefined)
            }
          >
            {names.preview}
          </Button>
          {preview.data &&
            (preview.data.people === null
              ? t.unknown
              : t.preview(formatCount(preview.data.people), preview.data.at_least))}
        </Space>
      </Form>
    </Modal>
  );
}

function TriggerFields({ kind }: { kind: RuleForm["kind"] }) {
  const t = useText(ruleWords);
  const needed = [{ required: true, message: t.required }];
  switch (kind) {
    case "behaviour":
      return <BehaviourFields />;
    case "orders":
      return (
        <>
          <Form.Item name="orders" label={t.orders}>
            <InputNumber min={1} style={WIDE} />
          </Form.Item>
          <Form.Item name="yuan" label={t.yuan}>
            <InputNumber min={0.01} precision={2} style={WIDE} />
          </Form.Item>
        </>
      );
    case "added":
      return <ChannelField />;
    case "audience":
      return <AudienceFields />;
    case "keyword":
      return (
        <>
          <Alert type="warning" message={t.noMessages} style={{ marginBottom: 12 }} />
          <Form.Item name="words" label={t.words} rules={needed}>
            <Select
              mode="tags"
              open={false}
              suffixIcon={null}
              tokenSeparators={[",", "，", "、"]}
            />
          </Form.Item>
        </>
      );
  }
}

function BehaviourFields() {
  const t = useText(ruleWords);
  const behaviours = useBehaviours();
  return (
    <>
      <Form.Item name="type" label={t.type} rules={[{ required: true, message: t.required }]}>
        <Select
          showSearch
          optionFilterProp="label"
          loading={behaviours.isPending}
          options={behaviours.data?.map((one) => ({ value: one.type, label: one.title }))}
        />
      </Form.Item>
      <Form.Item name="times" label={t.times}>
        <InputNumber min={1} max={1000} style={WIDE} />
      </Form.Item>
      <Form.Item name="within_days" label={t.within}>
        <InputNumber min={1} max={366} placeholder={t.always} style={WIDE} />
      </Form.Item>
    </>
  );
}

function ChannelField() {
  const t = useText(ruleWords);
  const channels = useChannelOptions();
  return (
    <Form.Item name="channel_ids" label={t.channels}>
      <SelectMany<number>
        placeholder={t.anyChannel}
        options={channels?.map((one) => ({ value: Number(one.value), label: one.label }))}
      />
    </Form.Item>
  );
}

function AudienceFields() {
  const t = useText(ruleWords);
  const pages = useAudiences({});
  const found = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Form.Item name="entered" label={t.when}>
        <Select
          options={[
            { value: true, label: t.entered },
            { value: false, label: t.left },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="audience_id"
        label={t.audience}
        rules={[{ required: true, message: t.required }]}
      >
        <Select
          showSearch
          optionFilterProp="label"
          options={found
            .filter((one) => one.dynamic)
            .map((one) => ({ value: one.id, label: one.name }))}
        />
      </Form.Item>
    </>
  );
}
