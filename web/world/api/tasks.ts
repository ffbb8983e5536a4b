import { ask, list } from "./ask.ts";
import type { MessageKind, Side } from "./types.ts";

export type Receiver = { who: string; name: string; avatar: string; status: 0 | 1 | 2 | 3 };
export type Attachment = { kind: MessageKind } & Partial<
  Record<"title" | "desc" | "url" | "pic" | "text", string>
>;
export type MassTask = {
  msgid: string;
  chat_type: "single" | "group";
  created: number;
  state: "waiting" | "dispatching" | "ignored" | "sent" | "cancelled";
  text: string;
  attachments: Attachment[];
  allow_select: boolean;
  reminders: number;
  sent: number | null;
  receivers: Receiver[];
};
export type Reaction = { kind: "like" | "comment"; who: Side; at: number; text: string };
export type Post = {
  moment_id: string;
  author: Side;
  personal: boolean;
  created: number;
  published: number | null;
  state: "waiting" | "dispatching" | "ignored" | "published" | "cancelled";
  public: boolean;
  text: string;
  pictures: string[];
  video: string;
  link: { title?: string; url?: string; pic?: string };
  chosen: number;
  shown: number;
  reactions: Reaction[];
};
/** `status`: 1 done, 2 waiting, 3 refused, 4 the other account was full. */
export type Transfer = {
  id: number;
  handover: string;
  takeover: string;
  person: number;
  started: number;
  due: number;
  resigned: boolean;
  status: 1 | 2 | 3 | 4;
};

const staff = (userid: string) => `/staff/${userid}`;

/** What a staff account's client is asked to do, and what it does by itself. */
export const tasks = {
  mass: (userid: string) => list<MassTask>(`${staff(userid)}/mass-tasks`),
  /** `receivers` null: all of them. */
  sendMass: (userid: string, msgid: string, receivers: string[] | null) =>
    ask<MassTask>("POST", `${staff(userid)}/mass-tasks/${msgid}/send`, { receivers }),
  /** To people (`p-17`) or groups, not both. */
  personalMass: (userid: string, text: string, url: string, receivers: string[]) => {
    const people = receivers
      .filter((who) => who.startsWith("p-"))
      .map((who) => Number(who.slice(2)));
    const groups = receivers.filter((who) => !who.startsWith("p-"));
    const link = url ? { url, title: url } : null;
    return ask<MassTask>("POST", `${staff(userid)}/mass-messages`, { text, link, people, groups });
  },
  ignoreMass: (userid: string, msgid: string) =>
    ask<MassTask>("POST", `${staff(userid)}/mass-tasks/${msgid}/ignore`),
  staffMoments: (userid: string) => list<Post>(`${staff(userid)}/moments`),
  post: (userid: string, text: string, url: string) =>
    ask<Post>("POST", `${staff(userid)}/moments`, { text, url, title: url }),
  publish: (userid: string, id: string) =>
    ask<Post>("POST", `${staff(userid)}/moments/${id}/publish`),
  ignorePost: (userid: string, id: string) =>
    ask<Post>("POST", `${staff(userid)}/moments/${id}/ignore`),
  staffReacts: (userid: string, id: string, kind: Reaction["kind"], text: string) =>
    ask<Post>("POST", `${staff(userid)}/moments/${id}/${kind}`, { text }),
  timeline: (person: number) => list<Post>(`/people/${person}/moments`),
  reacts: (
    person: number,
    { userid, id }: { userid: string; id: string },
    kind: Reaction["kind"],
    text: string,
  ) => ask<Post>("POST", `/people/${person}/moments/${id}/${kind}`, { userid, text }),
  transfers: () => list<Transfer>("/transfers"),
  refuse: (person: number) => ask<Transfer>("POST", `/people/${person}/refuse-transfer`),
  resign: (userid: string) => ask<unknown>("POST", `${staff(userid)}/resign`),
};
