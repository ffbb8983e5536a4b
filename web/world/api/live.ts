import type { QueryClient } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { whoOf } from "../stage.ts";
import { wire } from "../wire/store.ts";
import { keys } from "./keys.ts";
import type { LogEntry, Story } from "./types.ts";

const PAUSE_MS = 200;

/** Query keys to read again, named so that a rush of happenings asks once. */
function touchedBy(kind: string, data: Record<string, unknown>): (readonly unknown[])[] {
  if (kind === "message") {
    const sides = String(data.chat).split("|").map(whoOf);
    return sides.flatMap((who) => (who ? [keys.chats(who)] : []));
  }
  if (kind === "relation") {
    const person = Number(data.person);
    const userid = String(data.userid);
    return [
      keys.people,
      keys.state,
      keys.person(person),
      keys.customers(userid),
      keys.chats({ kind: "p", id: person }),
      keys.chats({ kind: "s", userid }),
    ];
  }
  if (kind === "person") return [keys.people, keys.state];
  if (kind === "way") return [keys.state];
  if (kind === "order") return [keys.orders(Number(data.person))];
  return [];
}

function listen(client: QueryClient, online: (is: boolean) => void): () => void {
  const waiting = new Map<string, readonly unknown[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let broken = false;
  const flush = () => {
    timer = undefined;
    for (const queryKey of waiting.values()) void client.invalidateQueries({ queryKey });
    waiting.clear();
  };
  const again = (queryKey: readonly unknown[]) => {
    waiting.set(JSON.stringify(queryKey), queryKey);
    timer ??= setTimeout(flush, PAUSE_MS);
  };
  const source = new EventSource("/world/api/events");
  const hear = (kind: string, act: (data: Record<string, unknown>) => void) =>
    source.addEventListener(kind, (event: MessageEvent<string>) =>
      act(JSON.parse(event.data) as Record<string, unknown>),
    );
  for (const kind of ["message", "relation", "person", "way", "order"]) {
    hear(kind, (data) => {
      for (const queryKey of touchedBy(kind, data)) again(queryKey);
    });
  }
  hear("log", (data) => wire.add(data as unknown as LogEntry));
  hear("story", (data) => {
    const story = data as unknown as Story;
    client.setQueryData<Story[]>(keys.stories, (now) => [
      story,
      ...(now ?? []).filter((other) => other.id !== story.id),
    ]);
  });
  source.onopen = () => {
    online(true);
    if (broken) {
      void client.invalidateQueries();
      void wire.reload();
    }
    broken = false;
  };
  source.onerror = () => {
    broken = true;
    online(false);
  };
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

/** Follows everything that happens; tells whether the world answers. */
export function useLiveWorld(): boolean {
  const client = useQueryClient();
  const [online, setOnline] = useState(true);
  useEffect(() => listen(client, setOnline), [client]);
  return online;
}
