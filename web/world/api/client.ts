import { ask, list, query } from "./ask.ts";
import type {
  Chat,
  CorpTagGroup,
  Forwarded,
  LogEntry,
  Order,
  Paged,
  Person,
  Relation,
  Scanned,
  Staff,
  Story,
  WorldState,
} from "./types.ts";

/** Everything a visitor of the simulated world can see or do. */
export const world = {
  state: () => ask<WorldState>("GET", "/state"),
  people: (q: string, cursor: string) =>
    ask<Paged<Person>>("GET", `/people${query({ q, cursor, limit: 40 })}`),
  person: (id: number) => ask<Person>("GET", `/people/${id}`),
  makePerson: () => ask<Person>("POST", "/people", {}),
  personChats: (id: number) => list<Chat>(`/people/${id}/chats`),
  scan: (id: number, code: { config_id?: string; url?: string }) =>
    ask<Scanned>("POST", `/people/${id}/scan`, code),
  deleteStaff: (id: number, userid: string) =>
    ask<null>("POST", `/people/${id}/delete-staff`, { userid }),
  say: (id: number, userid: string, text: string) =>
    ask<null>("POST", `/people/${id}/say`, { userid, text }),
  forward: (id: number, url: string, title: string, to: number | null) =>
    ask<Forwarded>("POST", `/people/${id}/forward`, { url, title, to }),
  buy: (id: number, sku: string, quantity: number) =>
    ask<Order>("POST", `/people/${id}/buy`, { sku, quantity, remembered: true }),
  refund: (id: number, external_id: string) =>
    ask<Order>("POST", `/people/${id}/refund`, { external_id }),
  orders: (id: number) => list<Order>(`/people/${id}/orders`),
  staffChats: (userid: string) => list<Chat>(`/staff/${userid}/chats`),
  customers: (userid: string) => list<Relation>(`/staff/${userid}/customers`),
  current: (userid: string, person: number | null) =>
    ask<Staff>("PUT", `/staff/${userid}/current`, { person }),
  send: (userid: string, person: number, text: string) =>
    ask<null>("POST", `/staff/${userid}/send`, { person, text }),
  deleteCustomer: (userid: string, person: number) =>
    ask<null>("POST", `/staff/${userid}/delete-customer`, { person }),
  confirm: (userid: string, person: number) =>
    ask<null>("POST", `/staff/${userid}/confirm`, { person }),
  edit: (userid: string, edit: { person: number; remark: string; tags: string[] }) =>
    ask<Relation>("POST", `/staff/${userid}/edit-customer`, edit),
  tagGroups: () => list<CorpTagGroup>("/admin/tags"),
  stories: () => list<Story>("/story"),
  beginStory: (people: number, seconds: number) =>
    ask<Story>("POST", "/story", { people, seconds }),
  stopStory: (id: string) => ask<Story>("POST", `/story/${id}/stop`),
  log: (before: number | undefined, kind: string) =>
    ask<{ items: LogEntry[]; next_cursor: number | null }>(
      "GET",
      `/log${query({ before, kind, limit: 100 })}`,
    ),
};
