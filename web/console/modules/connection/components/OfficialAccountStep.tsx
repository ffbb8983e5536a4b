import type { Connection, OfficialAccountCredentials, SetupStep } from "@kit/api/types.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Form, Input, Space } from "antd";
import { useState } from "react";
import { MAY } from "../../../permissions.ts";
import { useConnectionActs } from "../hooks/useConnection.ts";
import { connectionWords } from "../words.ts";
import styles from "./Connection.module.css";
import { Fact } from "./StepFrame.tsx";

type OfficialAccountStepProps = { step: SetupStep; connection: Connection };

export function OfficialAccountStep({ step, connection }: OfficialAccountStepProps) {
  const t = useText(connectionWords);
  const mayWrite = useMay()(MAY.writeSettings);
  const [editing, setEditing] = useState(false);
  const [form] = Form.useForm<OfficialAccountCredentials>();
  const { officialAccount } = useConnectionActs();
  const showProblem = useFormProblem(form);
  const needed = [{ required: true, message: t.needed }];

  if (!mayWrite || (step.state === "done" && !editing)) {
    return (
      <div className={styles.fields}>
        <Fact name={t.appId}>{connection.official_account_app_id ?? "—"}</Fact>
        <Fact name={t.appSecret}>{step.state === "done" ? t.secretKept : "—"}</Fact>
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
    <Form<OfficialAccountCredentials>
      name="official-account"
      form={form}
      layout="vertical"
      initialValues={{ app_id: connection.official_account_app_id ?? "" }}
      onFinish={(values) =>
        officialAccount.mutate(values, {
          onSuccess: () => setEditing(false),
          onError: showProblem,
        })
      }
    >
      <p className={styles.where}>{t.accountWhere}</p>
      <Form.Item name="app_id" label={t.appId} rules={needed}>
        <Input autoComplete="off" placeholder="wx…" />
      </Form.Item>
      <Form.Item name="secret" label={t.appSecret} rules={needed}>
        <Input.Password autoComplete="off" />
      </Form.Item>
      <Space>
        <Button type="primary" htmlType="submit" loading={officialAccount.isPending}>
          {t.save}
        </Button>
        {editing && <Button onClick={() => setEditing(false)}>{t.cancel}</Button>}
      </Space>
    </Form>
  );
}
