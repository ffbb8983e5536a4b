import { ask, list } from "./ask.ts";

export type ServiceAccount = {
  open_kfid: string;
  name: string;
  servicers: string[];
  resting: string[];
  deleted: number | null;
};
/** `state`: 0 new, 1 with the machine, 2 waiting, 3 with a servicer, 4 ended. */
export type ServiceSession = {
  open_kfid: string;
  person: number;
  state: 0 | 1 | 2 | 3 | 4;
  servicer: string;
  rejects: boolean;
  upgrade: { member?: string; groupchat?: string };
};
export type ServiceItem = {
  id: number;
  person: number;
  at: number;
  origin: number;
  msgtype: string;
  body: Record<string, unknown>;
  servicer: string;
  recalled: boolean;
};
export type ServiceWay = { open_kfid: string; scene: string; url: string };
export type ServiceAct = "take" | "end";

const account = (id: string) => `/service/${id}`;

/** WeChat customer service, as customers and servicers live it. */
export const service = {
  accounts: async () =>
    (await list<ServiceAccount>("/service/accounts")).filter((one) => one.deleted === null),
  enter: (person: number, into: { url?: string; open_kfid?: string }) =>
    ask<ServiceItem & { open_kfid: string }>("POST", "/service/enter", { person, ...into }),
  ways: () => list<ServiceWay>("/service/ways"),
  sessions: (id: string) => list<ServiceSession>(`${account(id)}/sessions`),
  messages: (id: string, person: number) => list<ServiceItem>(`${account(id)}/messages/${person}`),
  say: (id: string, person: number, text: string, menu_id = "") =>
    ask<ServiceItem>("POST", `${account(id)}/say`, { person, text, menu_id }),
  reply: (id: string, person: number, text: string) =>
    ask<ServiceItem>("POST", `${account(id)}/reply`, { person, text }),
  act: (id: string, userid: string, act: ServiceAct, person: number) =>
    ask<ServiceSession>("POST", `${account(id)}/staff/${userid}/${act}`, { person }),
  acceptUpgrade: (id: string, person: number) =>
    ask<ServiceSession>("POST", `${account(id)}/accept-upgrade`, { person }),
};
