import type { CallbackKeys } from "@kit/api/types.ts";
import { CopyField } from "@kit/desk/CopyField.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Alert, Button } from "antd";
import { type ReactNode, useState } from "react";
import { MAY } from "../../../permissions.ts";
import { connectionWords } from "../words.ts";
import styles from "./Connection.module.css";
import { Fact } from "./StepFrame.tsx";

type KeyFactsProps = { url: string | null; made: CallbackKeys | null };

/** The address that is called and its keys; these are shown only while they are just made. */
export function KeyFacts({ url, made }: KeyFactsProps) {
  const t = useText(connectionWords);
  return (
    <>
      <Fact name={t.url}>
        <CopyField value={made?.url ?? url ?? ""} label={t.url} />
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
    </>
  );
}

type KeysProps = {
  /** The address; nothing while there are no keys yet. */
  url: string | null;
  where: string;
  make: () => Promise<CallbackKeys>;
  making: boolean;
  /** When the other side was last heard of. */
  children: ReactNode;
};

/** An address and keys that are made here, carried to the other side's console, and made anew. */
export function Keys({ url, where, make, making, children }: KeysProps) {
  const t = useText(connectionWords);
  const mayWrite = useMay()(MAY.writeSettings);
  const ask = useConfirm();
  const [made, setMade] = useState<CallbackKeys | null>(null);
  const run = () => make().then(setMade);
  if (!url && !made) {
    return (
      <Button
        type="primary"
        disabled={!mayWrite}
        loading={making}
        onClick={() => run().catch(() => undefined)}
      >
        {t.makeKeys}
      </Button>
    );
  }
  return (
    <>
      <p className={styles.where}>{where}</p>
      <div className={styles.fields}>
        <KeyFacts url={url} made={made} />
        {children}
        {mayWrite && !made && (
          <div>
            <Button
              size="small"
              loading={making}
              onClick={() =>
                ask({ title: t.remakeTitle, body: t.remakeText, action: t.remakeKeys, run })
              }
            >
              {t.remakeKeys}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
