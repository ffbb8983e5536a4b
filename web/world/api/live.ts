import { whileLookedAt } from "@kit/realtime/whileLookedAt.ts";
import type { QueryClient } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { whoOf } from "../stage.ts";
import { wire } from "../wire/store.ts";
import { keys } from "./keys.ts";
import type { LogEntry, Story } from "./types.ts";

const PAUSE_MS = 200;
const APPS = "app|";

type Happened = Record<string, unknown>;
type Key = readonly unknown[];

/** Query keys to read again, named so that a rush of happenings asks once. */
const CHANGED: Record<string, (happened: Happened) => Key[]> = {
  message: ({ chat }) => {
    const name = String(chat);
    const sides = name.split("|").map(whoOf);
    if (!name.includes("|")) return [keys.group(name)];
    const chats = sides.flatMap((who) => (who ? [keys.chats(who)] : []));
    return name.startsWith(APPS) ? [...chats, ["app-messages"]] : chats;
  },
  relation: (happened) => {
    const person = Number(happened.person);
    const userid = String(happened.userid);
    return [
      keys.people,
      keys.state,
      keys.person(person),
      keys.customers(userid),
      keys.chats({ kind: "p", id: person }),
      keys.chats({ kind: "s", userid }),
    ];
  },
  person: () => [keys.people, keys.state],
  way: () => [keys.state],
  order: ({ person }) => [keys.orders(Number(person))],
  group: ({ chat_id }) => [["groups"], keys.group(String(chat_id))],
  join_way: () => [keys.joinWays],
  mass_task: ({ userid }) => [keys.mass(String(userid))],
  moment: () => [["moments"]],
  transfer: () => [keys.transfers],
  service_account: () => [keys.serviceAccounts],
  service_session: ({ open_kfid }) => [keys.serviceSessions(String(open_kfid))],
  service_message: ({ open_kfid, person }) => [
    keys.serviceSessions(String(open_kfid)),
    keys.serviceChat(String(open_kfid), Number(person)),
  ],
  acquisition_link: () => [keys.links],
  acquisition_arrival: () => [keys.links],
  follower: ({ person }) => [keys.follows(Number(person)), keys.official],
  app_message: () => [["app-messages"]],
  archive_consent: () => [keys.archive],
  archive_message: () => [keys.archive],
  life: () => [keys.lives],
};

function listen(client: QueryClient, online: (is: boolean) => void): () => void {
  const waiting = new Map<string, Key>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let broken = false;
  const flush = () => {
    timer = undefined;
    for (const queryKey of waiting.values()) void client.invalidateQueries({ queryKey });
    waiting.clear();
  };
  const again = (queryKey: Key) => {
    waiting.set(JSON.stringify(queryKey), queryKey);
    timer ??= setTimeout(flush, PAUSE_MS);
  };
  const line = () => {
    const source = new EventSource("/world/api/events");
    const hear = (kind: string, act: (data: Happened) => void) =>
      source.addEventListener(kind, (event: MessageEvent<string>) =>
        act(JSON.parse(event.data) as Happened),
      );
    for (const [kind, touched] of Object.entries(CHANGED)) {
      hear(kind, (data) => {
        for (const queryKey of touched(data)) again(queryKey);
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
      source.close();
      broken = true;
    };
  };
  const close = whileLookedAt(line);
  return () => {
    clearTimeout(timer);
    close();
  };
}

/** Follows everything that happens; tells whether the world answers. */
export function useLiveWorld(): boolean {
  const client = useQueryClient();
  const [online, setOnline] = useState(true);
  useEffect(() => listen(client, setOnline), [client]);
  return online;
}
