import type { Connection, SetupStep, WecomCredentials } from "@kit/api/types.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Form, Input, InputNumber } from "antd";
import { useConnectionActs } from "../hooks/useConnection.ts";
import { connectionWords } from "../words.ts";
import { StepForm } from "./StepForm.tsx";

type CredentialsStepProps = { step: SetupStep; connection: Connection };

/** The app's own id and secret. */
export function CredentialsStep({ step, connection }: CredentialsStepProps) {
  const t = useText(connectionWords);
  const { credentials } = useConnectionActs();
  const needed = [{ required: true, message: t.needed }];
  return (
    <StepForm<WecomCredentials>
      name="credentials"
      kept={step.state === "done"}
      facts={{
        [t.corpId]: connection.corp_id,
        [t.agentId]: connection.agent_id,
        [t.secret]: connection.secret_set ? t.secretKept : null,
      }}
      initial={{
        corp_id: connection.corp_id ?? undefined,
        agent_id: connection.agent_id ?? undefined,
      }}
      where={t.credentialsWhere}
      act={credentials}
    >
      {() => (
        <>
          <Form.Item name="corp_id" label={t.corpId} rules={needed}>
            <Input autoComplete="off" placeholder="ww…" />
          </Form.Item>
          <Form.Item name="agent_id" label={t.agentId} rules={needed}>
            <InputNumber min={1} precision={0} controls={false} style={{ width: "100%" }} />
          </Form.Item>
          <Form.Item name="secret" label={t.secret} rules={needed}>
            <Input.Password autoComplete="off" />
          </Form.Item>
        </>
      )}
    </StepForm>
  );
}
