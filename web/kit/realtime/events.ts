import { useEffect, useEffectEvent } from "react";

/** One push from the server: what kind of thing changed, and ids only. */
export type ServerEvent = { type: string; [key: string]: unknown };

type Listener = (event: ServerEvent) => void;

const listeners = new Set<Listener>();
let source: EventSource | null = null;

function deliver(message: MessageEvent<string>): void {
  let event: ServerEvent;
  try {
    event = JSON.parse(message.data) as ServerEvent;
  } catch {
    return; // A keep-alive comment or a half-written line carries nothing to act on.
  }
  for (const listener of listeners) listener(event);
}

function listen(listener: Listener): () => void {
  listeners.add(listener);
  if (!source) {
    // One connection per page; the browser reconnects by itself.
    source = new EventSource("/api/events");
    source.onmessage = deliver;
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      source?.close();
      source = null;
    }
  };
}

/** Hears the server's pushes while the component is on screen. */
export function useServerEvents(handler: Listener): void {
  const latest = useEffectEvent(handler);
  useEffect(() => listen((event) => latest(event)), []);
}
