import type { ServiceItem } from "../../api/service.ts";
import type { Message } from "../../api/types.ts";

const CUSTOMER = 3;

type Words = {
  recalled: string;
  something: (kind: string) => string;
  events: Record<string, string>;
};
type Link = { title?: string; desc?: string; url?: string };
type MenuItem = { click?: { content?: string }; view?: { content?: string } };
type Menu = { head_content?: string; tail_content?: string; list?: MenuItem[] };

function menuText({ head_content, tail_content, list }: Menu): string {
  const lines = (list ?? []).map((one) => `· ${one.click?.content ?? one.view?.content ?? ""}`);
  return [head_content, ...lines, tail_content].filter(Boolean).join("\n");
}

function partsOf(item: ServiceItem, words: Words): Partial<Message> {
  const { body, msgtype } = item;
  if (item.recalled) return { kind: "system", text: words.recalled };
  if (msgtype === "event") {
    const type = String(body.event_type ?? "");
    return { kind: "system", text: words.events[type] ?? type };
  }
  if (msgtype === "text") return { text: String(body.content ?? "") };
  if (msgtype === "msgmenu") return { text: menuText(body as Menu) };
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
