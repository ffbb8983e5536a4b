import { useText } from "@kit/i18n/messages.ts";
import { type FormEvent, useState } from "react";
import { useScan, useWorldState } from "../api/hooks.ts";
import type { Code } from "../api/scan.ts";
import type { Person } from "../api/types.ts";
import { joinCode, useJoinWays, wayCode } from "../cast/sights.ts";
import { Button } from "../ui/Button.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import css from "./phone.module.css";
import { phoneWords } from "./words.ts";

/** The camera of a phone: the codes that lie about, or any address a code holds. */
export function ScanSheet({ person, onClose }: { person: Person; onClose: () => void }) {
  const text = useText(phoneWords);
  const state = useWorldState();
  const scan = useScan();
  const [url, setUrl] = useState("");
  const joinWays = useJoinWays().data ?? [];
  const by = (code: Code) => scan.mutate({ person, code }, { onSuccess: onClose });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (url.trim()) by({ url: url.trim() });
  };
  return (
    <Sheet title={text.scanTitle} onClose={onClose}>
      <Shown query={state}>
        {({ ways }) => (
          <>
            {ways.length + joinWays.length === 0 && <p className={css.soft}>{text.noCodes}</p>}
            <div className={css.codes}>
              {[...ways.map(wayCode), ...joinWays.map(joinCode)].map((sight) => (
                <button
                  key={sight.code.config_id}
                  type="button"
                  disabled={scan.isPending}
                  onClick={() => by(sight.code)}
                >
                  <img src={sight.picture} alt="" />
                  <span className={css.line}>{sight.name}</span>
                </button>
              ))}
            </div>
          </>
        )}
      </Shown>
      <form className={css.form} onSubmit={submit}>
        <label>
          {text.scanAddress}
          <input
            className={ui.input}
            value={url}
            inputMode="url"
            onChange={(event) => setUrl(event.target.value)}
          />
        </label>
        <Button type="submit" disabled={!url.trim() || scan.isPending}>
          {text.scan}
        </Button>
      </form>
    </Sheet>
  );
}
