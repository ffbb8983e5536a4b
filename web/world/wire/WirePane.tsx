import { useText } from "@kit/i18n/messages.ts";
import { useEffect, useState } from "react";
import type { LogEntry, LogKind } from "../api/types.ts";
import { Button } from "../ui/Button.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { words } from "../words.ts";
import { Entry } from "./Entry.tsx";
import { useWire, type WireState, wire } from "./store.ts";
import css from "./wire.module.css";
import { wireWords } from "./words.ts";

const KINDS: LogKind[] = ["callback", "api", "oauth", "js", "page", "beat", "order", "verify"];

function Entries({ state, entries }: { state: WireState; entries: LogEntry[] }) {
  const text = useText(wireWords);
  const common = useText(words);
  if (state.failure && entries.length === 0) {
    return <Failed failure={state.failure} onRetry={() => void wire.reload()} />;
  }
  if (!state.loaded) return <Loading />;
  return (
    <>
      {entries.length === 0 && <Empty>{text.empty}</Empty>}
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
      {state.cursor !== null && (
        <div className={css.more}>
          <Button looks={["small"]} onClick={() => void wire.older()}>
            {common.more}
          </Button>
        </div>
      )}
    </>
  );
}

/** Right: every sentence between siyu, WeCom, WeChat, the shop and the phones, as it is said. */
export function WirePane() {
  const text = useText(wireWords);
  const live = useWire();
  const [held, setHeld] = useState<WireState | null>(null);
  const [kinds, setKinds] = useState<ReadonlySet<LogKind>>(new Set());
  useEffect(() => void wire.reload(), []);
  const state = held ?? live;
  const entries =
    kinds.size === 0 ? state.entries : state.entries.filter((entry) => kinds.has(entry.kind));
  const toggle = (kind: LogKind) => {
    const next = new Set(kinds);
    if (!next.delete(kind)) next.add(kind);
    setKinds(next);
  };
  return (
    <div className={css.pane}>
      <div className={css.head}>
        <div className={css.top}>
          <h2>{text.title}</h2>
          <span>
            <Button looks={["plain", "small"]} onClick={() => setHeld(held ? null : live)}>
              {held ? text.resume : text.pause}
            </Button>
            <Button looks={["plain", "small"]} onClick={() => wire.clear()}>
              {text.clear}
            </Button>
          </span>
        </div>
        <div className={css.kinds}>
          {KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              className={css.kind}
              aria-pressed={kinds.has(kind)}
              onClick={() => toggle(kind)}
            >
              {text.kinds[kind]}
            </button>
          ))}
        </div>
      </div>
      <div className={css.list}>
        <Entries state={state} entries={entries} />
      </div>
    </div>
  );
}
