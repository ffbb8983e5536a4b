import { describe, expect, it } from "vitest";
import type { ServiceItem } from "../../api/service.ts";
import { messageOf } from "./messages.ts";
import { serviceWords } from "./words.ts";

const ITEM: ServiceItem = {
  id: 1,
  person: 17,
  at: 0,
  origin: 3,
  msgtype: "text",
  body: { content: "在吗" },
  servicer: "",
  recalled: false,
};
const { zh } = serviceWords;

describe("messages of customer service", () => {
  it("are the customer's or the servicer's", () => {
    expect(messageOf(ITEM, zh)).toMatchObject({ sender: "p-17", text: "在吗", kind: "text" });
    expect(messageOf({ ...ITEM, origin: 5, servicer: "zhoumin" }, zh).sender).toBe("s-zhoumin");
  });

  it("show menus, links, events and what they cannot show", () => {
    const list = [
      { type: "click", click: { id: "1", content: "查物流" } },
      { type: "view", view: { url: "https://example.com", content: "看看" } },
      { type: "text", text: { content: "或者直接问" } },
    ];
    const menu = { head_content: "请选择", list };
    expect(messageOf({ ...ITEM, msgtype: "msgmenu", body: menu }, zh)).toMatchObject({
      text: "请选择\n或者直接问",
      choices: [
        { id: "1", label: "查物流", url: "" },
        { id: "", label: "看看", url: "https://example.com" },
      ],
    });
    const link = { ...ITEM, msgtype: "link", body: { title: "看", url: "https://example.com" } };
    expect(messageOf(link, zh)).toMatchObject({ kind: "link", open_url: "https://example.com" });
    const event = { ...ITEM, msgtype: "event", body: { event_type: "enter_session" } };
    expect(messageOf(event, zh)).toMatchObject({ kind: "system", text: "客户进入会话" });
    expect(messageOf({ ...ITEM, msgtype: "voice", body: {} }, zh).text).toBe("[voice]");
    expect(messageOf({ ...ITEM, recalled: true }, zh).kind).toBe("system");
  });
});
