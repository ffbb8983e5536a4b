import type { Connection } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useConnectionActs } from "../hooks/useConnection.ts";
import { connectionWords } from "../words.ts";
import { Keys } from "./Keys.tsx";
import { Fact } from "./StepFrame.tsx";

/** Address and keys for callbacks: made here, carried to WeCom, shown once. */
export function CallbackStep({ connection }: { connection: Connection }) {
  const t = useText(connectionWords);
  const { keys } = useConnectionActs();
  return (
    <Keys
      url={connection.callback_keys_set ? connection.callback_url : null}
      where={t.callbackWhere}
      make={() => keys.mutateAsync()}
      making={keys.isPending}
    >
      <Fact name={t.lastCallback}>
        <Moment at={connection.last_callback_at} />
      </Fact>
    </Keys>
  );
}
