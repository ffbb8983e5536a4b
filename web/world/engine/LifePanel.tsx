import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { engine, type Life, type NewLife } from "../api/engine.ts";
import { keys } from "../api/keys.ts";
import { Button } from "../ui/Button.tsx";
import { Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import { ClockPanel } from "./ClockPanel.tsx";
import css from "./engine.module.css";
import { Num } from "./Num.tsx";
import { engineWords } from "./words.ts";

const SPEEDS = [1, 60, 600, 3600];

function useLifeAct<A>(act: (what: A) => Promise<Life>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.lives });
      await client.invalidateQueries({ queryKey: keys.clock });
    },
  });
}

function Begin() {
  const text = useText(engineWords);
  const [people, setPeople] = useState(50);
  const [days, setDays] = useState(0.05);
  const [seed, setSeed] = useState("");
  const [speed, setSpeed] = useState(1);
  const begin = useLifeAct((life: NewLife) => engine.live(life));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate({ people, days, seed: seed === "" ? null : Number(seed), speed });
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <Num label={text.people} value={people} max={20_000} onChange={setPeople} />
      <Num label={text.days} value={days} max={366} step="any" onChange={setDays} />
      <label className={css.num}>
        <span>{text.seed}</span>
        <input
          type="number"
          className={ui.input}
          value={seed}
          placeholder={text.anySeed}
          onChange={(event) => setSeed(event.target.value)}
        />
      </label>
      <label className={css.num}>
        <span>{text.pace}</span>
        <select
          className={ui.input}
          value={speed}
          onChange={(event) => setSpeed(Number(event.target.value))}
        >
          {SPEEDS.map((one) => (
            <option key={one} value={one}>
              {text.speed(one)}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit" looks={["strong"]} disabled={begin.isPending || people < 1}>
        {text.begin}
      </Button>
    </form>
  );
}

function LifeCard({ life }: { life: Life }) {
  const text = useText(engineWords);
  const stop = useLifeAct(() => engine.stopLife(life.id));
  const acts = Object.entries(life.acts).sort(([, one], [, other]) => other - one);
  return (
    <li className={css.life}>
      <p className={css.row}>
        <strong>{text.status[life.status]}</strong>
        <span className={css.soft}>{text.lives(life.people, life.days, life.seed)}</span>
        {life.status === "running" && (
          <Button
            looks={["small", "danger"]}
            disabled={stop.isPending}
            onClick={() => stop.mutate(undefined)}
          >
            {text.stop}
          </Button>
        )}
      </p>
      <p className={css.acts}>
        {acts.map(([act, count]) => (
          <span key={act}>
            {text.acts[act] ?? act} {count}
          </span>
        ))}
      </p>
    </li>
  );
}

/** Time, and the people who live on their own in it. */
export function LifePanel() {
  const text = useText(engineWords);
  const lives = useQuery({ queryKey: keys.lives, queryFn: engine.lives });
  return (
    <div className={css.scroll}>
      <ClockPanel />
      <section className={css.panel} aria-label={text.life}>
        <h3>{text.life}</h3>
        <p className={css.soft}>{text.lifeNote}</p>
        <Begin />
        <Shown query={lives}>
          {(found) =>
            found.length === 0 ? (
              <p className={css.soft}>{text.noLives}</p>
            ) : (
              <ul>
                {found.map((life) => (
                  <LifeCard key={life.id} life={life} />
                ))}
              </ul>
            )
          }
        </Shown>
      </section>
    </div>
  );
}
