import type { CallbackRow, CallbackState } from "@kit/api/types.ts";
import { FilterBar, FilterChip } from "@kit/desk/list/FilterBar.tsx";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { numberOf } from "@kit/desk/list/numbers.ts";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { usePages } from "@kit/desk/list/usePages.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Tag } from "antd";
import { listCallbacks } from "../api.ts";
import { CALLBACKS_KEY } from "../hooks/useCallbacks.ts";
import { CALLBACK_STATES, callbackWords } from "../words.ts";
import { CallbackDrawer } from "./CallbackDrawer.tsx";

const COLOURS = { waiting: "processing", done: "success", parked: "error" } as const;

/** What a callback is about: WeCom's codes in words, the codes themselves below. */
export function EventName({ row }: { row: CallbackRow }) {
  const { events } = useText(callbackWords);
  const codes = [row.event, row.change_type].filter(Boolean);
  return (
    <div>
      {codes.map((code) => events[code] ?? code).join(" · ")}
      <div style={{ fontSize: 12, color: "var(--ink-faint)" }}>{codes.join(" / ")}</div>
    </div>
  );
}

export function StateTag({ state }: { state: CallbackState }) {
  const t = useText(callbackWords);
  return <Tag color={COLOURS[state]}>{t.states[state]}</Tag>;
}

/** The log of raw callbacks, latest first. */
export function CallbackList() {
  const t = useText(callbackWords);
  const { values, change } = useFilters(["state", "callback"] as const);
  const state = CALLBACK_STATES.find((one) => one === values.state);
  const open = numberOf(values.callback);
  const pages = usePages([...CALLBACKS_KEY, state], (cursor) => listCallbacks({ state, cursor }), {
    refetchInterval: 10_000,
  });
  const clear = () => change({ state: "" });
  return (
    <>
      <p style={{ color: "var(--ink-soft)", marginBottom: 12 }}>{t.note}</p>
      <FilterBar filtered={state !== undefined} onClear={clear}>
        <FilterChip
          name={t.state}
          value={state}
          options={CALLBACK_STATES.map((value) => ({ value, label: t.states[value] }))}
          onChange={(value) => change({ state: value })}
        />
      </FilterBar>
      <ListTable<CallbackRow>
        pages={pages}
        rowKey={(row) => row.id}
        filtered={state !== undefined}
        onClearFilters={clear}
        onOpen={(row) => change({ callback: String(row.id) })}
        empty={<EmptyState title={t.none}>{t.noneText}</EmptyState>}
        columns={[
          { title: t.event, render: (_, row) => <EventName row={row} /> },
          { title: t.state, render: (_, row) => <StateTag state={row.state} /> },
          { title: t.fate, render: (_, row) => (t.fates[row.fate] ?? row.fate) || "—" },
          { title: t.tries, align: "right", render: (_, row) => row.tries || "—" },
          { title: t.received, render: (_, row) => <Moment at={row.received_at} /> },
        ]}
      />
      {open !== undefined && <CallbackDrawer id={open} onClose={() => change({ callback: "" })} />}
    </>
  );
}
