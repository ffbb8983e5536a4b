import { useEffect, useEffectEvent } from "react";

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

/** `null` stands for "too much was missed: load the present state anew". */
type Listener = (fact: LiveFact | null) => void;

type Channel = { source: EventSource; listeners: Set<Listener> };

/** One connection per address, shared by all components of the page. */
const channels = new Map<string, Channel>();

function open(address: string): Channel {
  const listeners = new Set<Listener>();
  // The browser reconnects by itself and says where it left off.
  const source = new EventSource(address);
  source.onmessage = (message: MessageEvent<string>) => {
    const fact = JSON.parse(message.data) as LiveFact | { type: "resync" };
    for (const listener of listeners) listener("id" in fact ? fact : null);
  };
  const channel = { source, listeners };
  channels.set(address, channel);
  return channel;
}

function listen(address: string, listener: Listener): () => void {
  const channel = channels.get(address) ?? open(address);
  channel.listeners.add(listener);
  return () => {
    channel.listeners.delete(listener);
    if (channel.listeners.size > 0) return;
    channel.source.close();
    channels.delete(address);
  };
}

/** Hears facts while the component is on screen; with `mine` only those of my own accounts. */
export function useFacts(handler: Listener, { mine = false } = {}): void {
  const latest = useEffectEvent(handler);
  const address = mine ? "/api/events?mine=true" : "/api/events";
  useEffect(() => listen(address, (fact) => latest(fact)), [address]);
}
