import { UploadOutlined } from "@ant-design/icons";
import type { Connection, SetupStep, TrustedDomain } from "@kit/api/types.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Form, Input, Space, Upload } from "antd";
import { useState } from "react";
import { MAY } from "../../../permissions.ts";
import { useConnectionActs } from "../hooks/useConnection.ts";
import { connectionWords } from "../words.ts";
import styles from "./Connection.module.css";
import { Fact } from "./StepFrame.tsx";

type DomainStepProps = { step: SetupStep; connection: Connection };

export function DomainStep({ step, connection }: DomainStepProps) {
  const t = useText(connectionWords);
  const mayWrite = useMay()(MAY.writeSettings);
  const [editing, setEditing] = useState(false);
  const [form] = Form.useForm<TrustedDomain>();
  const { domain } = useConnectionActs();
  const showProblem = useFormProblem(form);
  const needed = { required: true, message: t.needed };
  const stored = connection.verification_file !== null;

  if (!mayWrite || ((step.state === "done" || stored) && !editing)) {
    return (
      <div className={styles.fields}>
        <Fact name={t.domain}>{connection.trusted_domain ?? "—"}</Fact>
        <Fact name={t.fileName}>{connection.verification_file ?? "—"}</Fact>
        {mayWrite && (
          <div>
            <Button size="small" onClick={() => setEditing(true)}>
              {t.change}
            </Button>
          </div>
        )}
      </div>
    );
  }
  return (
    <Form<TrustedDomain>
      name="domain"
      form={form}
      layout="vertical"
      initialValues={{
        domain: connection.trusted_domain ?? connection.suggested_domain,
        file_name: connection.verification_file ?? "",
      }}
      onFinish={(values) =>
        domain.mutate(values, { onSuccess: () => setEditing(false), onError: showProblem })
      }
    >
      <p className={styles.where}>{t.domainWhere}</p>
      <Form.Item>
        <Upload
          accept=".txt"
          showUploadList={false}
          beforeUpload={async (file) => {
            const content = (await file.text()).trim();
            form.setFieldsValue({ file_name: file.name, file_content: content });
            return false;
          }}
        >
          <Button icon={<UploadOutlined />}>{t.chooseFile}</Button>
        </Upload>
      </Form.Item>
      <Form.Item name="domain" label={t.domain} rules={[needed]}>
        <Input />
      </Form.Item>
      <Form.Item
        name="file_name"
        label={t.fileName}
        rules={[needed, { pattern: /^(WW|MP)_verify_\w{6,64}\.txt$/, message: t.fileNameRule }]}
      >
        <Input placeholder="WW_verify_….txt" />
      </Form.Item>
      <Form.Item name="file_content" label={t.fileContent} rules={[needed]}>
        <Input />
      </Form.Item>
      <Space>
        <Button type="primary" htmlType="submit" loading={domain.isPending}>
          {t.save}
        </Button>
        {editing && <Button onClick={() => setEditing(false)}>{t.cancel}</Button>}
      </Space>
    </Form>
  );
}
