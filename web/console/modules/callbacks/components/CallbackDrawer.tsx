import { Moment } from "@kit/desk/Moment.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { Term } from "@kit/desk/Term.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { App, Button, Descriptions, Drawer } from "antd";
import { MAY } from "../../../permissions.ts";
import { useCallback, useRetryCallback } from "../hooks/useCallbacks.ts";
import { callbackWords } from "../words.ts";
import { prettyXml } from "../xml.ts";
import { EventName, StateTag } from "./CallbackList.tsx";
import styles from "./Callbacks.module.css";

/** One callback: what became of it, its content, and a second try for one that was set aside. */
export function CallbackDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText(callbackWords);
  const mayWrite = useMay()(MAY.writeSettings);
  const { message } = App.useApp();
  const ask = useConfirm();
  const callback = useCallback(id);
  const retry = useRetryCallback();

  function askRetry() {
    ask({
      title: t.retryTitle,
      body: t.retryText,
      action: t.retry,
      danger: false,
      run: () => retry.mutateAsync(id).then(() => message.success(t.retried)),
    });
  }

  return (
    <Drawer
      open
      width={640}
      onClose={onClose}
      title={`${t.event} ${id}`}
      extra={
        mayWrite &&
        callback.data?.state === "parked" && (
          <Button type="primary" loading={retry.isPending} onClick={askRetry}>
            {t.retry}
          </Button>
        )
      }
    >
      <Reading query={callback}>
        {(found) => (
          <>
            <Descriptions
              size="small"
              column={1}
              items={[
                { key: "event", label: t.event, children: <EventName row={found} /> },
                { key: "state", label: t.state, children: <StateTag state={found.state} /> },
                {
                  key: "fate",
                  label: t.fate,
                  children: (t.fates[found.fate] ?? found.fate) || "—",
                },
                { key: "tries", label: t.tries, children: found.tries },
                { key: "at", label: t.occurred, children: <Moment at={found.occurred_at} /> },
                { key: "in", label: t.received, children: <Moment at={found.received_at} /> },
              ]}
            />
            <h3 className={styles.title}>
              <Term means={t.rawMeans}>{t.raw}</Term>
            </h3>
            <pre className={styles.xml}>{prettyXml(found.xml)}</pre>
          </>
        )}
      </Reading>
    </Drawer>
  );
}
