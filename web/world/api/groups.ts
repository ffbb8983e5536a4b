import { ask, list } from "./ask.ts";
import type { Message } from "./types.ts";

export type Group = {
  chat_id: string;
  name: string;
  owner: string;
  owner_name: string;
  notice: string;
  admins: string[];
  dismissed: number | null;
  members: number;
  customers: number;
};
export type GroupMember = { who: string; name: string; avatar: string; scene: number };
export type JoinWay = {
  config_id: string;
  chat_ids: string[];
  state: string;
  remark: string;
  picture: string;
  scan_url: string;
  scans: number;
};
export type Joined = { outcome: "joined" | "member"; chat_id: string; name: string };
export type GroupChange = { name?: string; notice?: string; owner?: string };
type NewGroup = { userid: string; name: string; invited: string[] };

const at = (chatId: string) => `/groups/${chatId}`;

/** Customer groups and the codes that lead into them. */
export const groups = {
  of: (who: string) => list<Group>(`/groups?who=${who}`),
  members: (chatId: string) => list<GroupMember>(`${at(chatId)}/members`),
  /** The last hundred, in the order they were written. */
  messages: async (chatId: string) =>
    (await list<Message>(`${at(chatId)}/messages?limit=100`)).reverse(),
  joinWays: () => list<JoinWay>("/groups/join-ways"),
  scan: (person: number, code: { config_id?: string; url?: string }) =>
    ask<Joined>("POST", "/groups/scan", { person, ...code }),
  begin: (group: NewGroup) => ask<Group>("POST", "/groups", group),
  change: (chatId: string, change: GroupChange) => ask<Group>("PATCH", at(chatId), change),
  invite: (chatId: string, who: string[], by: string) =>
    ask<Group>("POST", `${at(chatId)}/invite`, { who, by }),
  say: (chatId: string, who: string, text: string) =>
    ask<Message>("POST", `${at(chatId)}/say`, { who, text }),
  leave: (chatId: string, who: string) => ask<Group>("POST", `${at(chatId)}/leave`, { who }),
  remove: (chatId: string, who: string, by: string) =>
    ask<Group>("POST", `${at(chatId)}/remove`, { who, by }),
  dismiss: (chatId: string) => ask<Group>("POST", `${at(chatId)}/dismiss`),
};
