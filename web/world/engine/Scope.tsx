import { useText } from "@kit/i18n/messages.ts";
import { useState } from "react";
import type { Faults } from "../api/engine.ts";
import { Button } from "../ui/Button.tsx";
import ui from "../ui/ui.module.css";
import css from "./engine.module.css";
import { ALL, without, withRates } from "./plan.ts";
import { engineWords } from "./words.ts";

/** Chooses the endpoints whose rates are shown; any one can have its own. */
export function Scope({
  plan,
  scope,
  onScope,
  onChange,
}: {
  plan: Faults;
  scope: string;
  onScope: (scope: string) => void;
  onChange: (plan: Faults) => void;
}) {
  const text = useText(engineWords);
  const [typed, setTyped] = useState("");
  const path = typed.trim();
  const add = () => {
    onChange(withRates(plan, path, plan.endpoints[path] ?? plan.all));
    onScope(path);
    setTyped("");
  };
  return (
    <>
      <label className={css.num}>
        <span>{text.scope}</span>
        <select
          className={ui.input}
          value={scope}
          onChange={(event) => onScope(event.target.value)}
        >
          <option value={ALL}>{text.all}</option>
          {Object.keys(plan.endpoints).map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <div className={css.row}>
        <input
          className={ui.input}
          value={typed}
          placeholder="/cgi-bin/externalcontact/get"
          aria-label={text.endpoint}
          title={text.addEndpoint}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button looks={["small"]} disabled={!path.startsWith("/")} onClick={add}>
          {text.add}
        </Button>
        {scope !== ALL && (
          <Button
            looks={["small"]}
            onClick={() => {
              onChange(without(plan, scope));
              onScope(ALL);
            }}
          >
            {text.drop}
          </Button>
        )}
      </div>
    </>
  );
}
