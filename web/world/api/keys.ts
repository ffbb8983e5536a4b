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
};
