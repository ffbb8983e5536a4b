import { useText } from "@kit/i18n/messages.ts";
import { useEffect, useState } from "react";
import type { LogEntry } from "../api/types.ts";
import { FaultsPanel } from "../engine/FaultsPanel.tsx";
import { LifePanel } from "../engine/LifePanel.tsx";
import { Button } from "../ui/Button.tsx";
import { Empty, Failed, Loading } from "../ui/states.tsx";
import { words } from "../words.ts";
import { Entry } from "./Entry.tsx";
import { EntryDrawer } from "./EntryDrawer.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { EVERYTHING, fits } from "./filter.ts";
import { useWire, type WireState, wire } from "./store.ts";
import css from "./wire.module.css";
import { wireWords } from "./words.ts";

const VIEWS = ["talk", "life", "faults"] as const;
type View = (typeof VIEWS)[number];

function Entries({
  state,
  entries,
  onOpen,
}: {
  state: WireState;
  entries: LogEntry[];
  onOpen: (entry: LogEntry) => void;
}) {
  const text = useText(wireWords);
  const common = useText(words);
  if (state.failure && entries.length === 0) {
    return <Failed failure={state.failure} onRetry={() => void wire.reload()} />;
  }
  if (!state.loaded) return <Loading />;
  return (
    <>
      {entries.length === 0 && (
        <Empty>{state.entries.length === 0 ? text.empty : text.noMatch}</Empty>
      )}
      <ol>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} onOpen={onOpen} />
        ))}
      </ol>
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

/** Every sentence between siyu, WeCom, WeChat, the shop and the phones, as it is said. */
function Talk() {
  const text = useText(wireWords);
  const live = useWire();
  const [held, setHeld] = useState<WireState | null>(null);
  const [filter, setFilter] = useState(EVERYTHING);
  const [opened, setOpened] = useState<LogEntry | null>(null);
  const state = held ?? live;
  return (
    <>
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
        <FilterBar filter={filter} onChange={setFilter} />
      </div>
      <div className={css.list}>
        <Entries
          state={state}
          entries={state.entries.filter((entry) => fits(entry, filter))}
          onOpen={setOpened}
        />
      </div>
      {opened && <EntryDrawer entry={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

const BODIES = { talk: Talk, life: LifePanel, faults: FaultsPanel };

/** Right: what the systems say to each other, and what moves the world. */
export function WirePane() {
  const text = useText(wireWords);
  const [view, setView] = useState<View>("talk");
  const Body = BODIES[view];
  useEffect(() => void wire.reload(), []);
  return (
    <div className={css.pane}>
      <div className={css.views} role="tablist">
        {VIEWS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`wire-${name}`}
            aria-selected={view === name}
            aria-controls="wire-body"
            onClick={() => setView(name)}
          >
            {text.views[name]}
          </button>
        ))}
      </div>
      <div className={css.body} role="tabpanel" id="wire-body" aria-labelledby={`wire-${view}`}>
        <Body />
      </div>
    </div>
  );
}
