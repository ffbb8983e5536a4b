import { ask } from "./ask.ts";

export type SceneCode = { ticket: string; key: string; scene: string; scans: number };
export type Template = { id: string; kind: string; title: string; content: string };
export type Official = { name: string; codes: SceneCode[]; templates: Template[] };
export type Entry = { name: string; type?: string; url?: string; sub_button?: Entry[] };
export type Consent = { template: string; left: number };
export type OfficialSeen = { following: boolean; menu: Entry[]; consents: Consent[] };
export type Mini = { name: string; appid: string; templates: Template[] };

type OfficialAct = "follow" | "unfollow" | "scan" | "click" | "say" | "choose";
type What = { url?: string; name?: string; text?: string; template_id?: string; accept?: boolean };

const of = (person: number) => `/people/${person}`;

/** The official account and the mini program, and what people do with them. */
export const wechat = {
  official: () => ask<Official>("GET", "/official"),
  seen: (person: number) => ask<OfficialSeen>("GET", `${of(person)}/official`),
  act: (person: number, act: OfficialAct, what: What = {}) =>
    ask<{ outcome: string }>("POST", `${of(person)}/official/${act}`, what),
  mini: () => ask<Mini>("GET", "/mini"),
  /** A code of `wx.login`, or of the phone number's button. */
  code: (person: number, act: "login" | "phone") =>
    ask<{ code: string }>("POST", `${of(person)}/mini/${act}`, {}),
  open: (person: number, link: string) =>
    ask<{ path: string; query: string }>("POST", `${of(person)}/mini/open`, { link }),
  choose: (person: number, where: "official" | "mini", template_id: string, accept: boolean) =>
    ask<{ outcome: string }>("POST", `${of(person)}/${where}/choose`, { template_id, accept }),
};
