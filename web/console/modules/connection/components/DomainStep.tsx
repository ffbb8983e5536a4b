import { UploadOutlined } from "@ant-design/icons";
import type { Connection, SetupStep, TrustedDomain } from "@kit/api/types.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Form, Input, Upload } from "antd";
import { useConnectionActs } from "../hooks/useConnection.ts";
import { connectionWords } from "../words.ts";
import { StepForm } from "./StepForm.tsx";

type DomainStepProps = { step: SetupStep; connection: Connection };

/** The staff app's pages that are entered in WeCom's console; on the host it is opened by. */
const staffPage = (domain: string | null, page: string) =>
  domain && `${location.protocol}//${domain}/staff/${page}`;

/** The trusted domain, and the file by which WeCom checks it. */
export function DomainStep({ step, connection }: DomainStepProps) {
  const t = useText(connectionWords);
  const { domain } = useConnectionActs();
  const needed = { required: true, message: t.needed };
  return (
    <StepForm<TrustedDomain>
      name="domain"
      kept={step.state === "done" || connection.verification_file !== null}
      facts={{
        [t.domain]: connection.trusted_domain,
        [t.fileName]: connection.verification_file,
        [t.homeAddress]: staffPage(connection.trusted_domain, ""),
        [t.sidebarAddress]: staffPage(connection.trusted_domain, "chat"),
      }}
      initial={{
        domain: connection.trusted_domain ?? connection.suggested_domain,
        file_name: connection.verification_file ?? "",
      }}
      where={t.domainWhere}
      act={domain}
    >
      {(form) => (
        <>
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
        </>
      )}
    </StepForm>
  );
}
