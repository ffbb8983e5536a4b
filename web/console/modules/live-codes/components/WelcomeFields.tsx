import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Term } from "@kit/desk/Term.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Dropdown, Form, Input, Space } from "antd";
import { bytesOf, CUSTOMER_NAME, WELCOME_ATTACHMENTS, WELCOME_BYTES } from "../welcome.ts";
import styles from "./Builder.module.css";
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
      <Form.List name={["welcome", "attachments"]}>
        {(fields, { add, remove }) => (
          <Form.Item label={t.links}>
            {fields.map(({ key, name }) => (
              <div key={key} className={styles.link}>
                <Button
                  className={styles.removeLink}
                  size="small"
                  type="text"
                  icon={<CloseOutlined />}
                  aria-label={t.removeLink}
                  onClick={() => remove(name)}
                />
                <Form.Item
                  name={[name, "title"]}
                  style={{ marginBottom: 8 }}
                  rules={[{ required: true, whitespace: true, message: t.titleNeeded }]}
                >
                  <Input placeholder={t.linkTitle} maxLength={40} />
                </Form.Item>
                <Form.Item
                  name={[name, "url"]}
                  style={{ marginBottom: 8 }}
                  rules={[{ required: true, pattern: /^https?:\/\/.+/, message: t.urlNeeded }]}
                >
                  <Input placeholder={t.linkUrl} maxLength={2048} inputMode="url" />
                </Form.Item>
                <Form.Item name={[name, "description"]} style={{ marginBottom: 12 }}>
                  <Input placeholder={t.linkText} maxLength={160} />
                </Form.Item>
              </div>
            ))}
            {fields.length < WELCOME_ATTACHMENTS && (
              <Button
                block
                type="dashed"
                icon={<PlusOutlined />}
                onClick={() => add({ kind: "link", title: "", url: "", description: "" })}
              >
                {t.addLink}
              </Button>
            )}
          </Form.Item>
        )}
      </Form.List>
    </>
  );
}
