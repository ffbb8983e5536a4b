import type { LiveCode, LiveCodeWrite } from "@kit/api/types.ts";
import { PageHead, Section } from "@kit/desk/PageHead.tsx";
import { Term } from "@kit/desk/Term.tsx";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Checkbox, Form, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { ChannelForm } from "../../channels/components/ChannelForm.tsx";
import { useChannelOptions } from "../../channels/hooks/useChannels.ts";
import { useStaffOptions } from "../../staff/hooks/useStaff.ts";
import { useTagOptions } from "../../tags/hooks/useTags.ts";
import { writeDraft } from "../draft.ts";
import { useLiveCodeActs } from "../hooks/useLiveCodes.ts";
import { BLANK } from "../welcome.ts";
import styles from "./Builder.module.css";
import { builderWords } from "./BuilderWords.ts";
import { WelcomeFields } from "./WelcomeFields.tsx";
import { WelcomePreview } from "./WelcomePreview.tsx";

/** Options carry text values (they also live in addresses); the form keeps numbers. */
function numbered(options: { value: string; label: string }[] | undefined) {
  return options?.map(({ value, label }) => ({ value: Number(value), label }));
}

type BuilderProps = { code?: LiveCode; initial: LiveCodeWrite };

/** Left what is set, right what the customer will see, below what it will do. */
export function Builder({ code, initial }: BuilderProps) {
  const t = useText(builderWords);
  const navigate = useNavigate();
  const [form] = Form.useForm<LiveCodeWrite>();
  const draft = Form.useWatch([], { form, preserve: true }) ?? initial;
  const [addingChannel, setAddingChannel] = useState(false);
  const channels = useChannelOptions();
  const staff = useStaffOptions();
  const tags = useTagOptions();
  const { save } = useLiveCodeActs();
  const showProblem = useFormProblem(form);

  useEffect(() => {
    if (!code) writeDraft(draft);
  }, [code, draft]);

  function onFinish(values: LiveCodeWrite) {
    const { text = "", attachments = [] } = values.welcome ?? {};
    const body = { ...values, welcome: { text, attachments } };
    save.mutate(
      { id: code?.id, body },
      {
        onSuccess: (saved) => {
          if (!code) writeDraft(null);
          navigate(`/growth/live-codes/${saved.id}`);
        },
        onError: showProblem,
      },
    );
  }

  const chosenStaff = draft.staff_account_ids ?? [];
  const firstStaff = staff?.find((one) => Number(one.value) === chosenStaff[0]);
  const tagCount = (draft.tag_ids ?? []).length;
  return (
    <>
      <PageHead
        title={code ? t.edit(code.name) : t.add}
        back={{ to: "/growth/live-codes", label: t.codes }}
      />
      <div className={styles.builder}>
        <Form<LiveCodeWrite>
          name="live-code"
          form={form}
          layout="vertical"
          className={styles.form}
          initialValues={{ ...initial, channel_id: initial.channel_id || undefined }}
          onFinish={onFinish}
          scrollToFirstError
        >
          <Section title={t.basics}>
            <Form.Item
              name="name"
              label={t.name}
              rules={[{ required: true, whitespace: true, message: t.nameNeeded }]}
            >
              <Input autoFocus={!code} maxLength={30} showCount placeholder={t.namePlace} />
            </Form.Item>
            <Form.Item label={t.channel} required>
              <div className={styles.actions}>
                <Form.Item
                  name="channel_id"
                  noStyle
                  rules={[{ required: true, message: t.channelNeeded }]}
                >
                  <Select
                    showSearch
                    optionFilterProp="label"
                    placeholder={t.channelNeeded}
                    options={numbered(channels)}
                  />
                </Form.Item>
                <Button onClick={() => setAddingChannel(true)}>{t.newChannel}</Button>
              </div>
            </Form.Item>
            <Form.Item
              name="staff_account_ids"
              label={<Term means={t.staffMeans}>{t.staff}</Term>}
              rules={[{ required: true, type: "array", min: 1, message: t.staffNeeded }]}
            >
              <Select
                mode="multiple"
                optionFilterProp="label"
                placeholder={t.staffNeeded}
                options={staff?.map(({ value, label, account }) => ({
                  value: Number(value),
                  label: account.can_contact ? label : `${label}（${t.noContact}）`,
                  disabled: !account.can_contact,
                }))}
              />
            </Form.Item>
            <Form.Item name="tag_ids" label={t.tags}>
              <Select
                mode="multiple"
                optionFilterProp="label"
                placeholder={t.tagsPlace}
                options={numbered(tags)}
              />
            </Form.Item>
            <Form.Item name="skip_verify" valuePropName="checked" style={{ marginBottom: 0 }}>
              <Checkbox>{t.skip}</Checkbox>
            </Form.Item>
          </Section>
          <Section title={t.welcome}>
            <WelcomeFields />
          </Section>
          <div className={styles.actions}>
            <Button type="primary" size="large" htmlType="submit" loading={save.isPending}>
              {code ? t.save : t.create}
            </Button>
            {!code && (
              <>
                <span className={styles.draft}>{t.draft}</span>
                <Button
                  type="link"
                  size="small"
                  onClick={() => form.setFieldsValue({ ...BLANK, channel_id: undefined })}
                >
                  {t.clear}
                </Button>
              </>
            )}
          </div>
        </Form>
        <aside className={styles.preview}>
          <WelcomePreview
            staffName={firstStaff?.label}
            welcome={{
              text: draft.welcome?.text ?? "",
              attachments: (draft.welcome?.attachments ?? []).filter(Boolean),
            }}
          />
          <div className={styles.effect}>
            <strong>{t.effect}</strong>
            <p>{t.effectStaff(formatCount(chosenStaff.length))}</p>
            <p>{tagCount ? t.effectTags(formatCount(tagCount)) : t.effectNoTags}</p>
            <p>{code ? t.effectEdit : t.effectNew}</p>
          </div>
        </aside>
      </div>
      {addingChannel && (
        <ChannelForm
          onClose={() => setAddingChannel(false)}
          onSaved={(channel) => form.setFieldValue("channel_id", channel.id)}
        />
      )}
    </>
  );
}
