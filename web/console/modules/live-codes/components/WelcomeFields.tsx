import { Term } from "@kit/desk/Term.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Dropdown, Form, Input, Space } from "antd";
import { bytesOf, CUSTOMER_NAME, WELCOME_BYTES } from "../welcome.ts";
import { AttachmentFields } from "./AttachmentFields.tsx";
import { builderWords, welcomeExamples } from "./BuilderWords.ts";

/** Text and links of the welcome, inside the builder's form. */
export function WelcomeFields() {
  const t = useText(builderWords);
  const examples = useText(welcomeExamples);
  const form = Form.useFormInstance();

  function insertName() {
    const before: string = form.getFieldValue(["welcome", "text"]) ?? "";
    form.setFieldValue(["welcome", "text"], before + CUSTOMER_NAME);
  }

  return (
    <>
      <Form.Item label={<Term means={t.welcomeMeans}>{t.text}</Term>} style={{ marginBottom: 6 }}>
        <Form.Item
          name={["welcome", "text"]}
          noStyle
          rules={[
            {
              validator: (_, value: string) =>
                bytesOf(value ?? "") > WELCOME_BYTES
                  ? Promise.reject(t.tooLong)
                  : Promise.resolve(),
            },
          ]}
        >
          <Input.TextArea autoSize={{ minRows: 5, maxRows: 14 }} placeholder={t.textPlace} />
        </Form.Item>
      </Form.Item>
      <Space style={{ marginBottom: 16 }}>
        <Button size="small" onClick={insertName}>
          {t.insertName}
        </Button>
        <Dropdown
          trigger={["click"]}
          menu={{
            items: Object.entries(examples).map(([key, { name, text }]) => ({
              key,
              label: name,
              onClick: () => form.setFieldValue(["welcome", "text"], text),
            })),
          }}
        >
          <Button size="small">{t.template}</Button>
        </Dropdown>
      </Space>
      <AttachmentFields />
    </>
  );
}
