import type { CallbackKeys, Connection } from "@kit/api/types.ts";
import { CopyField } from "@kit/desk/CopyField.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Alert, Button } from "antd";
import { useState } from "react";
import { MAY } from "../../../permissions.ts";
import { useConnectionActs } from "../hooks/useConnection.ts";
import { connectionWords } from "../words.ts";
import styles from "./Connection.module.css";
import { Fact } from "./StepFrame.tsx";

/** Address and keys for callbacks: made here, carried to WeCom, shown once. */
export function CallbackStep({ connection }: { connection: Connection }) {
  const t = useText(connectionWords);
  const mayWrite = useMay()(MAY.writeSettings);
  const ask = useConfirm();
  const [made, setMade] = useState<CallbackKeys | null>(null);
  const { keys } = useConnectionActs();

  function make() {
    return keys.mutateAsync().then(setMade);
  }

  function remake() {
    ask({ title: t.remakeTitle, body: t.remakeText, action: t.remakeKeys, run: make });
  }

  if (!connection.callback_keys_set && !made) {
    return (
      <Button
        type="primary"
        disabled={!mayWrite}
        loading={keys.isPending}
        onClick={() => make().catch(() => undefined)}
      >
        {t.makeKeys}
      </Button>
    );
  }
  return (
    <>
      <p className={styles.where}>{t.callbackWhere}</p>
      <div className={styles.fields}>
        <Fact name={t.url}>
          <CopyField value={made?.url ?? connection.callback_url ?? ""} label={t.url} />
        </Fact>
        {made ? (
          <>
            <Fact name={t.token}>
              <CopyField value={made.token} label={t.token} />
            </Fact>
            <Fact name={t.aesKey}>
              <CopyField value={made.aes_key} label={t.aesKey} />
            </Fact>
            <Alert type="warning" showIcon message={t.keysOnce} />
          </>
        ) : (
          <Fact name={`${t.token} / ${t.aesKey}`}>{t.keysKept}</Fact>
        )}
        <Fact name={t.lastCallback}>
          <Moment at={connection.last_callback_at} />
        </Fact>
        {mayWrite && !made && (
          <div>
            <Button size="small" loading={keys.isPending} onClick={remake}>
              {t.remakeKeys}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
