import type { Connection, OfficialAccountCredentials, SetupStep } from "@kit/api/types.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Form, Input } from "antd";
import { useConnectionActs } from "../hooks/useConnection.ts";
import { connectionWords } from "../words.ts";
import { StepForm } from "./StepForm.tsx";

type OfficialAccountStepProps = { step: SetupStep; connection: Connection };

/** The official account through which readers sign in. */
export function OfficialAccountStep({ step, connection }: OfficialAccountStepProps) {
  const t = useText(connectionWords);
  const { officialAccount } = useConnectionActs();
  const needed = [{ required: true, message: t.needed }];
  return (
    <StepForm<OfficialAccountCredentials>
      name="official-account"
      kept={step.state === "done"}
      facts={{
        [t.appId]: connection.official_account_app_id,
        [t.appSecret]: step.state === "done" ? t.secretKept : null,
      }}
      initial={{ app_id: connection.official_account_app_id ?? "" }}
      where={t.accountWhere}
      act={officialAccount}
    >
      {() => (
        <>
          <Form.Item name="app_id" label={t.appId} rules={needed}>
            <Input autoComplete="off" placeholder="wx…" />
          </Form.Item>
          <Form.Item name="secret" label={t.appSecret} rules={needed}>
            <Input.Password autoComplete="off" />
          </Form.Item>
        </>
      )}
    </StepForm>
  );
}
