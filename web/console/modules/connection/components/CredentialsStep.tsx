import type { Connection, SetupStep, WecomCredentials } from "@kit/api/types.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Form, Input, InputNumber, Space } from "antd";
import { useState } from "react";
import { MAY } from "../../../permissions.ts";
import { useConnectionActs } from "../hooks/useConnection.ts";
import { connectionWords } from "../words.ts";
import styles from "./Connection.module.css";
import { Fact } from "./StepFrame.tsx";

type CredentialsStepProps = { step: SetupStep; connection: Connection };

export function CredentialsStep({ step, connection }: CredentialsStepProps) {
  const t = useText(connectionWords);
  const mayWrite = useMay()(MAY.writeSettings);
  const [editing, setEditing] = useState(false);
  const [form] = Form.useForm<WecomCredentials>();
  const { credentials } = useConnectionActs();
  const showProblem = useFormProblem(form);
  const needed = [{ required: true, message: t.needed }];

  if (!mayWrite || (step.state === "done" && !editing)) {
    return (
      <div className={styles.fields}>
        <Fact name={t.corpId}>{connection.corp_id ?? "—"}</Fact>
        <Fact name={t.agentId}>{connection.agent_id ?? "—"}</Fact>
        <Fact name={t.secret}>{connection.secret_set ? t.secretKept : "—"}</Fact>
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
    <Form<WecomCredentials>
      name="credentials"
      form={form}
      layout="vertical"
      initialValues={{ corp_id: connection.corp_id, agent_id: connection.agent_id }}
      onFinish={(values) =>
        credentials.mutate(values, { onSuccess: () => setEditing(false), onError: showProblem })
      }
    >
      <p className={styles.where}>{t.credentialsWhere}</p>
      <Form.Item name="corp_id" label={t.corpId} rules={needed}>
        <Input autoComplete="off" placeholder="ww…" />
      </Form.Item>
      <Form.Item name="agent_id" label={t.agentId} rules={needed}>
        <InputNumber min={1} precision={0} controls={false} style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="secret" label={t.secret} rules={needed}>
        <Input.Password autoComplete="off" />
      </Form.Item>
      <Space>
        <Button type="primary" htmlType="submit" loading={credentials.isPending}>
          {t.save}
        </Button>
        {editing && <Button onClick={() => setEditing(false)}>{t.cancel}</Button>}
      </Space>
    </Form>
  );
}
