import { useSyncExternalStore } from "react";
import { world } from "../api/client.ts";
import type { LogEntry } from "../api/types.ts";

const MOST = 600;
const SHOW_MS = 120;

export type WireState = {
  entries: LogEntry[];
  cursor: number | null;
  loaded: boolean;
  failure: unknown;
};

/** What the systems said to each other, the latest first. */
export class WireStore {
  private state: WireState = { entries: [], cursor: null, loaded: false, failure: null };
  private fresh: LogEntry[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  /** Takes one exchange; a rush is shown in one go. */
  add(entry: LogEntry): void {
    this.fresh.push(entry);
    this.timer ??= setTimeout(() => this.show(), SHOW_MS);
  }

  show(): void {
    this.timer = undefined;
    const entries = merge(this.state.entries, this.fresh).slice(0, MOST);
    this.fresh = [];
    this.set({ ...this.state, entries });
  }

  async reload(): Promise<void> {
    await this.read(undefined, []);
  }

  /** Reads further back. */
  async older(): Promise<void> {
    if (this.state.cursor !== null) await this.read(this.state.cursor, this.state.entries);
  }

  private async read(before: number | undefined, known: LogEntry[]): Promise<void> {
    try {
      const page = await world.log(before, "");
      const entries = merge(before === undefined ? this.fresh : known, page.items);
      this.set({ entries, cursor: page.next_cursor, loaded: true, failure: null });
    } catch (failure) {
      this.set({ ...this.state, loaded: true, failure });
    }
  }

  clear(): void {
    this.set({ ...this.state, entries: [], cursor: this.state.entries[0]?.id ?? null });
  }

  readonly now = (): WireState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private set(next: WireState): void {
    this.state = next;
    for (const listener of this.listeners) listener();
  }
}

/** Both lists as one, each entry once, the latest first. */
export function merge(one: LogEntry[], other: LogEntry[]): LogEntry[] {
  const found = new Map<number, LogEntry>();
  for (const entry of [...one, ...other]) found.set(entry.id, entry);
  return [...found.values()].sort((a, b) => b.id - a.id);
}

export const wire = new WireStore();

export function useWire(): WireState {
  return useSyncExternalStore(wire.subscribe, wire.now);
}
