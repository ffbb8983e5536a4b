import { describe, expect, it } from "vitest";
import type { LogEntry } from "../api/types.ts";
import { readable } from "./readable.ts";
import { meaningOf, partyOf, shortPath, wentWrong } from "./sentences.ts";
import { merge } from "./store.ts";

function entry(part: Partial<LogEntry>): LogEntry {
  return {
    id: 1,
    at: 0,
    kind: "api",
    sender: "app:1000002",
    receiver: "wecom",
    method: "POST",
    path: "/cgi-bin/externalcontact/send_welcome_msg?access_token=***",
    request: "",
    response: "",
    status: 200,
    errcode: 0,
    milliseconds: 1,
    note: "",
    ...part,
  };
}

describe("the wire", () => {
  it("says in plain words what a call means", () => {
    expect(meaningOf(entry({}), "zh")).toBe("发送欢迎语");
    expect(meaningOf(entry({ path: "/cgi-bin/externalcontact/get" }), "zh")).toBe("读取客户详情");
    expect(meaningOf(entry({ path: "/cgi-bin/user/get" }), "en")).toBe("read a staff account");
    expect(meaningOf(entry({ path: "/cgi-bin/new/thing" }), "zh")).toBe("调用接口");
  });

  it("reads what a callback is about", () => {
    const request = "<xml><ChangeType><![CDATA[del_follow_user]]></ChangeType></xml>";
    expect(meaningOf(entry({ kind: "callback", request }), "zh")).toBe("客户删除了员工");
  });

  it("tells a group's change from a tag's, and an event that has no change", () => {
    const group = "<xml><Event>change_external_chat</Event><ChangeType>update</ChangeType></xml>";
    expect(meaningOf(entry({ kind: "callback", request: group }), "zh")).toBe("客户群有变");
    const news = "<xml><Event><![CDATA[kf_msg_or_event]]></Event></xml>";
    expect(meaningOf(entry({ kind: "callback", request: news }), "zh")).toBe("客服有新消息");
  });

  it("names the parties", () => {
    expect(partyOf("app:1000002", "zh")).toBe("siyu");
    expect(partyOf("p-17", "zh")).toBe("17 号的手机");
    expect(partyOf("p-17.siyu.localhost:8000", "zh")).toBe("siyu");
    expect(partyOf("wecom", "en")).toBe("WeCom");
  });

  it("leaves queries and hosts out of one line", () => {
    expect(shortPath(entry({ path: "http://siyu.localhost:8000/open/v1/orders?x=1" }))).toBe(
      "/open/v1/orders",
    );
    expect(shortPath(entry({ kind: "js", path: "getContext" }))).toBe("ww.getContext()");
  });

  it("knows a refusal from a good answer", () => {
    expect(wentWrong(entry({}))).toBe(false);
    expect(wentWrong(entry({ errcode: 45009 }))).toBe(true);
    expect(wentWrong(entry({ status: null }))).toBe(true);
  });

  it("shows each exchange once, the latest first", () => {
    const merged = merge([entry({ id: 2 })], [entry({ id: 3 }), entry({ id: 2 })]);
    expect(merged.map((one) => one.id)).toEqual([3, 2]);
  });

  it("breaks JSON into lines and leaves the rest as it came", () => {
    expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(readable("<xml/>")).toBe("<xml/>");
  });
});
