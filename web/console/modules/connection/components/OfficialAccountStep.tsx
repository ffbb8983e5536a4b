import type { Connection, OfficialAccountCredentials, SetupStep } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Form, Input } from "antd";
import { useConnectionActs } from "../hooks/useConnection.ts";
import { connectionWords } from "../words.ts";
import styles from "./Connection.module.css";
import { Keys } from "./Keys.tsx";
import { StepForm } from "./StepForm.tsx";
import { Fact } from "./StepFrame.tsx";

type OfficialAccountStepProps = { step: SetupStep; connection: Connection };

/** The official account: readers sign in through it, and followers write to it. */
export function OfficialAccountStep({ step, connection }: OfficialAccountStepProps) {
  return (
    <>
      <Credentials step={step} connection={connection} />
      {connection.official_account_app_id && <Messages connection={connection} />}
    </>
  );
}

/** Where followers' messages come to; they are looked through for words and not kept. */
function Messages({ connection }: { connection: Connection }) {
  const t = useText(connectionWords);
  const { pushKeys } = useConnectionActs();
  return (
    <div className={styles.below}>
      <p className={styles.where}>{t.pushNote}</p>
      <Keys
        url={connection.official_push_url}
        where={t.pushWhere}
        make={() => pushKeys.mutateAsync()}
        making={pushKeys.isPending}
      >
        <Fact name={t.suiteVerified}>
          <Moment at={connection.official_push_at} />
        </Fact>
      </Keys>
    </div>
  );
}

function Credentials({ step, connection }: OfficialAccountStepProps) {
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
