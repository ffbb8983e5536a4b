import { ask, list } from "./ask.ts";
import { world } from "./client.ts";
import { groups } from "./groups.ts";
import { service } from "./service.ts";
import { wechat } from "./wechat.ts";

/** What a code is: by its id, or by the address it holds; `group` when it leads into one. */
export type Code = { config_id?: string; url?: string; group?: boolean };

export type How =
  | "added"
  | "again"
  | "friend"
  | "asked"
  | "looked"
  | "joined"
  | "member"
  | "entered"
  | "followed"
  | "scanned";

/** What came of a scan: which chat follows it, with whom, and how. */
export type Met = { how: How; chat: string | null; staff: string | null; name: string };

/** How a chat with customer service is called among the chats of a phone. */
export const SERVICE = "kf:";

export type AcquisitionLink = {
  link_id: string;
  name: string;
  url: string;
  clicks: number;
  available: boolean;
};

/** Links of the acquisition assistant. */
export const doors = {
  links: () => list<AcquisitionLink>("/acquisition/links"),
};

type Scan = (person: number, code: Code) => Promise<Met>;

const intoContacts: Scan = async (person, { config_id, url }) => {
  const met = await world.scan(person, {
    ...(config_id ? { config_id } : {}),
    ...(url ? { url } : {}),
  });
  return { how: met.outcome, chat: met.chat, staff: met.userid, name: met.staff_name };
};

const intoGroup: Scan = async (person, { group: _, ...code }) => {
  const met = await groups.scan(person, code);
  return { how: met.outcome, chat: met.chat_id, staff: null, name: met.name };
};

const intoService: Scan = async (person, { url = "" }) => {
  const met = await service.enter(person, { url });
  return { how: "entered", chat: SERVICE + met.open_kfid, staff: null, name: "" };
};

const intoOfficial: Scan = async (person, { url = "" }) => {
  const met = await wechat.act(person, "scan", { url });
  const how = met.outcome === "followed" ? "followed" : "scanned";
  return { how, chat: null, staff: null, name: "" };
};

const byLink: Scan = async (person, { url = "" }) => {
  const path = `/people/${person}/acquire`;
  const met = await ask<{ outcome: How; userid: string }>("POST", path, { url });
  const staff = met.userid || null;
  const contacts = staff ? (await world.person(person)).contacts : [];
  const name = contacts.find((one) => one.userid === staff)?.staff_name ?? "";
  return { how: met.outcome, chat: staff && `s-${staff}|p-${person}`, staff, name };
};

const BY_ADDRESS: [RegExp, Scan][] = [
  [/\/(g|qr\/group)\/[^/]+$/, intoGroup],
  [/\/kf\/[^/]+$/, intoService],
  [/\/o\/[^/]+$/, intoOfficial],
  [/\/ca\/[^/]+$/, byLink],
];

/** Where a code leads, as its address tells. */
export function wayInto(code: Code): Scan {
  if (code.group) return intoGroup;
  const path = code.url?.split(/[?#]/)[0] ?? "";
  return BY_ADDRESS.find(([pattern]) => pattern.test(path))?.[1] ?? intoContacts;
}
