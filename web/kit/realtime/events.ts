import { useEffect, useEffectEvent } from "react";
import { whileLookedAt } from "./whileLookedAt.ts";

/** A fact as it happened, told to whoever looks and may see it. */
export type LiveFact = {
  id: string;
  type: string;
  title: string;
  occurred_at: string;
  staff_account_id: number | null;
  staff_name: string | null;
  customer_id: number | null;
  customer_name: string | null;
  avatar_url: string | null;
  material_id: number | null;
  material_title: string | null;
  properties: Record<string, unknown>;
};

/** `null` stands for "much may have been missed: load the present state anew". */
type Listener = (fact: LiveFact | null) => void;

type Channel = { listeners: Set<Listener>; close: () => void };

/** How long to wait before coming again where the browser does not by itself; then twice as long each time. */
const AGAIN_MS = 5_000;
const SELDOM_MS = 80_000;

/** One connection per address, shared by all components of the page. */
const channels = new Map<string, Channel>();

/** Whoever looks at the page again is told to load the present state. */
function open(address: string): Channel {
  const listeners = new Set<Listener>();
  const tell = (fact: LiveFact | null) => {
    for (const listener of listeners) listener(fact);
  };
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let broken = false;
  let pause = AGAIN_MS;
  const connect = () => {
    const line = new EventSource(address);
    source = line;
    line.onopen = () => {
      if (broken) tell(null);
      broken = false;
      pause = AGAIN_MS;
    };
    line.onmessage = (message: MessageEvent<string>) => {
      const fact = JSON.parse(message.data) as LiveFact | { type: "resync" };
      tell("id" in fact ? fact : null);
    };
    line.onerror = () => {
      broken = true;
      // Left without an answer, the browser comes again by itself and says where it left off;
      // after a refusal, as of a proxy whose server is starting anew, it never does.
      if (line.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(connect, pause);
      pause = Math.min(2 * pause, SELDOM_MS);
    };
  };
  const close = whileLookedAt(() => {
    connect();
    return () => {
      clearTimeout(timer);
      source?.close();
      broken = true;
    };
  });
  const channel = { listeners, close };
  channels.set(address, channel);
  return channel;
}

function listen(address: string, listener: Listener): () => void {
  const channel = channels.get(address) ?? open(address);
  channel.listeners.add(listener);
  return () => {
    channel.listeners.delete(listener);
    if (channel.listeners.size > 0) return;
    channel.close();
    channels.delete(address);
  };
}

/** Hears facts while the component is on screen; with `mine` only those of my own accounts. */
export function useFacts(handler: Listener, { mine = false } = {}): void {
  const latest = useEffectEvent(handler);
  const address = mine ? "/api/events?mine=true" : "/api/events";
  useEffect(() => listen(address, (fact) => latest(fact)), [address]);
}
