import { formatMoment } from "@kit/format/time.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Clock, engine } from "../api/engine.ts";
import { keys } from "../api/keys.ts";
import { Button } from "../ui/Button.tsx";
import { Shown } from "../ui/states.tsx";
import css from "./engine.module.css";
import { engineWords } from "./words.ts";

const SPEEDS = [1, 10, 60, 600];
const HOUR = 3600;
const DAY = 86_400;

function useClockAct<A>(act: (what: A) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.clock }),
  });
}

function Face({ clock }: { clock: Clock }) {
  const text = useText(engineWords);
  const turn = useClockAct((mode: { mode: Clock["mode"]; speed: number }) =>
    engine.setClock(mode.mode, mode.speed),
  );
  const step = useClockAct(() => engine.step(clock.now + HOUR));
  const push = useClockAct((seconds: number) => engine.push(seconds));
  const stepped = clock.mode === "stepped";
  return (
    <>
      <p className={css.time}>{formatMoment(new Date(clock.now * 1000))}</p>
      <p className={css.soft}>{clock.quiet ? text.quiet : text.busy}</p>
      <div className={css.row}>
        {SPEEDS.map((speed) => (
          <Button
            key={speed}
            looks={["small"]}
            aria-pressed={!stepped && clock.speed === speed}
            disabled={turn.isPending}
            onClick={() => turn.mutate({ mode: "running", speed })}
          >
            {text.speed(speed)}
          </Button>
        ))}
        <Button
          looks={["small"]}
          aria-pressed={stepped}
          disabled={turn.isPending}
          onClick={() => turn.mutate({ mode: "stepped", speed: 1 })}
        >
          {text.stepped}
        </Button>
      </div>
      <div className={css.row}>
        {stepped ? (
          <Button
            looks={["small", "strong"]}
            disabled={step.isPending}
            onClick={() => step.mutate(undefined)}
          >
            {text.step}
          </Button>
        ) : (
          <>
            <span className={css.soft}>{text.ahead}</span>
            <Button looks={["small"]} disabled={push.isPending} onClick={() => push.mutate(HOUR)}>
              {text.hour}
            </Button>
            <Button looks={["small"]} disabled={push.isPending} onClick={() => push.mutate(DAY)}>
              {text.day}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

/** The world's time: how fast it runs, or one planned moment after another. */
export function ClockPanel() {
  const text = useText(engineWords);
  const clock = useQuery({
    queryKey: keys.clock,
    queryFn: engine.clock,
    refetchInterval: 2000,
  });
  return (
    <section className={css.panel} aria-label={text.clock}>
      <h3>{text.clock}</h3>
      <p className={css.note}>{text.clockNote}</p>
      <Shown query={clock}>{(now) => <Face clock={now} />}</Shown>
    </section>
  );
}
