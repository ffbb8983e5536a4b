import { ask, list } from "./ask.ts";

export type Archive = {
  permitted: Record<string, number>;
  key_versions: number[];
  consents: { userid: string; person: number; status: string }[];
  messages: number;
};
export type Archived = { seq: number; at: number; sender: string; text: string };

const SERVICE_EDITION = 2;

/** The message archive: whose messages are kept, who agreed, and what was said. */
export const archive = {
  seen: () => ask<Archive>("GET", "/archive"),
  said: (userid: string) => list<Archived>(`/archive/said?userid=${userid}`),
  agree: (person: number, userid: string, agree: boolean) =>
    ask<unknown>("POST", "/archive/consents", { person, userid, agree }),
  permit: ({ permitted }: Archive, userid: string, allowed: boolean) => {
    const { [userid]: _, ...others } = permitted;
    const userids = allowed ? { ...others, [userid]: SERVICE_EDITION } : others;
    return ask<unknown>("PUT", "/archive/permitted", { userids });
  },
};
