import type { CallbackKeys, Connection } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Collapse, Form, Input } from "antd";
import { useState } from "react";
import { MAY } from "../../../permissions.ts";
import { useConnectionActs } from "../hooks/useConnection.ts";
import { connectionWords } from "../words.ts";
import styles from "./Connection.module.css";
import { KeyFacts } from "./Keys.tsx";
import { Fact } from "./StepFrame.tsx";

const SHAPE = /^[A-Za-z0-9_-]{4,64}$/;

/** A provider's suite: its instructions are received and shown, and nothing else yet. */
export function SuiteCard({ connection }: { connection: Connection }) {
  const t = useText(connectionWords);
  const mayWrite = useMay()(MAY.writeSettings);
  const [made, setMade] = useState<CallbackKeys | null>(null);
  const { suite } = useConnectionActs();
  const ask = useConfirm();
  const make = (wanted: { suite_id: string }) => {
    const run = () => suite.mutateAsync(wanted).then(setMade);
    if (connection.suite_url === null) run().catch(() => undefined);
    else ask({ title: t.remakeSuiteTitle, body: t.remakeSuiteText, action: t.remakeKeys, run });
  };
  const form = (
    <Form<{ suite_id: string }>
      layout="inline"
      initialValues={{ suite_id: connection.suite_id ?? "" }}
      onFinish={make}
    >
      <Form.Item
        name="suite_id"
        label={t.suiteId}
        rules={[{ required: true, pattern: SHAPE, message: t.suiteIdRule }]}
      >
        <Input disabled={!mayWrite} />
      </Form.Item>
      <Button htmlType="submit" disabled={!mayWrite} loading={suite.isPending}>
        {connection.suite_id ? t.remakeKeys : t.makeKeys}
      </Button>
    </Form>
  );
  return (
    <Collapse
      ghost
      items={[
        {
          key: "suite",
          label: t.suite,
          children: (
            <div className={styles.fields}>
              <p className={styles.where}>{t.suiteNote}</p>
              {form}
              {(connection.suite_url || made) && (
                <>
                  <KeyFacts url={connection.suite_url} made={made} />
                  <Fact name={t.suiteVerified}>
                    <Moment at={connection.suite_at} />
                  </Fact>
                </>
              )}
            </div>
          ),
        },
      ]}
    />
  );
}
