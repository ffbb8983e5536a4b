import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { CALL_FAULTS, DAILY_FAULTS, engine, type Faults, LETTER_FAULTS } from "../api/engine.ts";
import { keys } from "../api/keys.ts";
import { Button } from "../ui/Button.tsx";
import { Shown } from "../ui/states.tsx";
import css from "./engine.module.css";
import { Num } from "./Num.tsx";
import { ALL, CALM, percent, ratesOf, sprinkled, withRates } from "./plan.ts";
import { Scope } from "./Scope.tsx";
import { engineWords } from "./words.ts";

function Chances({ plan, onChange }: { plan: Faults; onChange: (plan: Faults) => void }) {
  const text = useText(engineWords);
  const [scope, setScope] = useState(ALL);
  const rates = ratesOf(plan, scope);
  return (
    <>
      <fieldset className={css.group}>
        <legend>{text.calls}</legend>
        <Scope plan={plan} scope={scope} onScope={setScope} onChange={onChange} />
        {CALL_FAULTS.map((name) => (
          <Num
            key={name}
            label={text.call[name]}
            value={percent(rates[name])}
            max={100}
            step="any"
            onChange={(value) =>
              onChange(withRates(plan, scope, { ...rates, [name]: value / 100 }))
            }
          />
        ))}
      </fieldset>
      <fieldset className={css.group}>
        <legend>{text.letters}</legend>
        {LETTER_FAULTS.map((name) => (
          <Num
            key={name}
            label={text.letter[name]}
            value={percent(plan[name])}
            max={100}
            step="any"
            onChange={(value) => onChange({ ...plan, [name]: value / 100 })}
          />
        ))}
      </fieldset>
      <fieldset className={css.group}>
        <legend>{text.daily}</legend>
        {DAILY_FAULTS.map((name) => (
          <Num
            key={name}
            label={text.everyDay[name]}
            value={plan[name]}
            step="any"
            onChange={(value) => onChange({ ...plan, [name]: value })}
          />
        ))}
        <Num label={text.seed} value={plan.seed} onChange={(seed) => onChange({ ...plan, seed })} />
      </fieldset>
    </>
  );
}

function Plan({ inForce }: { inForce: Faults | null }) {
  const text = useText(engineWords);
  const client = useQueryClient();
  const [plan, setPlan] = useState(inForce ?? CALM);
  const onSuccess = (now: Faults | null) => client.setQueryData(keys.faults, now);
  const begin = useMutation({ mutationFn: () => engine.fail(plan), onSuccess });
  const mend = useMutation({
    mutationFn: () => engine.mend(),
    onSuccess,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate();
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <p className={inForce ? css.alarm : css.soft} role="status">
        {inForce ? text.inForce(inForce.seed) : text.calm}
      </p>
      <div className={css.row}>
        <Button type="submit" looks={["strong"]} disabled={begin.isPending}>
          {text.start}
        </Button>
        <Button disabled={!inForce || mend.isPending} onClick={() => mend.mutate()}>
          {text.mend}
        </Button>
        <Button looks={["plain"]} onClick={() => setPlan(sprinkled(plan))}>
          {text.sprinkle}
        </Button>
      </div>
      <Chances plan={plan} onChange={setPlan} />
    </form>
  );
}

/** What goes wrong by a plan and a seed. */
export function FaultsPanel() {
  const text = useText(engineWords);
  const faults = useQuery({ queryKey: keys.faults, queryFn: engine.faults, staleTime: 0 });
  return (
    <div className={css.scroll}>
      <section className={css.panel} aria-label={text.faults}>
        <h3>{text.faults}</h3>
        <p className={css.soft}>{text.faultsNote}</p>
        <Shown query={faults}>{(inForce) => <Plan inForce={inForce} />}</Shown>
      </section>
    </div>
  );
}
