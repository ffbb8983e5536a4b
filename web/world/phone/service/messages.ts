import type { ServiceItem } from "../../api/service.ts";
import type { Choice, Message } from "../../api/types.ts";

const CUSTOMER = 3;

type Words = {
  recalled: string;
  something: (kind: string) => string;
  events: Record<string, string>;
};
type Link = { title?: string; desc?: string; url?: string };
type MenuItem = {
  type?: string;
  click?: { id?: string; content?: string };
  view?: { url?: string; content?: string };
  miniprogram?: { content?: string };
  text?: { content?: string };
};
type Menu = { head_content?: string; tail_content?: string; list?: MenuItem[] };

function choiceOf({ click, view }: MenuItem): Choice[] {
  if (click) return [{ id: click.id ?? "", label: click.content ?? "", url: "" }];
  if (view) return [{ id: "", label: view.content ?? "", url: view.url ?? "" }];
  return [];
}

function menu({ head_content, tail_content, list = [] }: Menu): Partial<Message> {
  const lines = list.map((one) => one.text?.content ?? one.miniprogram?.content ?? "");
  const text = [head_content, ...lines, tail_content].filter(Boolean).join("\n");
  return { text, choices: list.flatMap(choiceOf) };
}

function partsOf(item: ServiceItem, words: Words): Partial<Message> {
  const { body, msgtype } = item;
  if (item.recalled) return { kind: "system", text: words.recalled };
  if (msgtype === "event") {
    const type = String(body.event_type ?? "");
    return { kind: "system", text: words.events[type] ?? type };
  }
  if (msgtype === "text") return { text: String(body.content ?? "") };
  if (msgtype === "msgmenu") return menu(body as Menu);
  if (msgtype === "link") {
    const { title = "", desc = "", url = "" } = body as Link;
    return { kind: "link", title, desc, url, open_url: url };
  }
  return { text: words.something(msgtype) };
}

/** What was said or happened with customer service, as messages of a chat. */
export function messageOf(item: ServiceItem, words: Words): Message {
  const sender = item.origin === CUSTOMER ? `p-${item.person}` : `s-${item.servicer}`;
  const empty = { title: "", desc: "", url: "", open_url: "", pic: "", text: "" };
  return {
    id: item.id,
    at: item.at,
    sender,
    kind: "text",
    source: "service",
    ...empty,
    ...partsOf(item, words),
  };
}
