import { useText } from "@kit/i18n/messages.ts";
import { usePerson, useScan } from "../api/hooks.ts";
import type { Person } from "../api/types.ts";
import { useStage } from "../stage.ts";
import { Button } from "../ui/Button.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import css from "./cast.module.css";
import type { CodeInSight } from "./sights.ts";
import { castWords } from "./words.ts";

/** Asks who scans a code that lies about. */
export function WhoScans({ sight, onClose }: { sight: CodeInSight; onClose: () => void }) {
  const text = useText(castWords);
  const stage = useStage();
  const person = usePerson(stage.person).data ?? null;
  const scan = useScan();
  const by = (who: Person | null) =>
    scan.mutate({ person: who, code: sight.code }, { onSuccess: onClose });
  return (
    <Sheet title={text.askScan} onClose={onClose}>
      <div className={css.choice}>
        {sight.picture && <img src={sight.picture} alt={text.qrAlt} />}
        {person && (
          <Button disabled={scan.isPending} onClick={() => by(person)}>
            {text.personScans(person.name)}
          </Button>
        )}
        <Button looks={["strong"]} disabled={scan.isPending} onClick={() => by(null)}>
          {text.newcomerScans}
        </Button>
      </div>
    </Sheet>
  );
}
