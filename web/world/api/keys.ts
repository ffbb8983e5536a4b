import type { Who } from "../stage.ts";
import { labelOf } from "../stage.ts";

/** Names under which answers of the world are remembered. */
export const keys = {
  state: ["state"] as const,
  people: ["people"] as const,
  person: (id: number) => ["person", id] as const,
  chats: (who: Who) => ["chats", labelOf(who)] as const,
  customers: (userid: string) => ["customers", userid] as const,
  orders: (id: number) => ["orders", id] as const,
  tags: ["tags"] as const,
  stories: ["stories"] as const,
  groups: (who: string) => ["groups", who] as const,
  group: (chatId: string) => ["group", chatId] as const,
  joinWays: ["join-ways"] as const,
  mass: (userid: string) => ["mass", userid] as const,
  moments: (who: string) => ["moments", who] as const,
  transfers: ["transfers"] as const,
  serviceAccounts: ["service", "accounts"] as const,
  serviceSessions: (account: string) => ["service", "sessions", account] as const,
  serviceChat: (account: string, person: number) => ["service", "chat", account, person] as const,
  serviceWays: ["service", "ways"] as const,
  appMessages: (userid: string) => ["app-messages", userid] as const,
  archive: ["archive"] as const,
  archived: (userid: string) => ["archive", "said", userid] as const,
  mini: ["mini"] as const,
  links: ["links"] as const,
  official: ["official"] as const,
  follows: (person: number) => ["follows", person] as const,
  clock: ["clock"] as const,
  lives: ["lives"] as const,
  faults: ["faults"] as const,
};
