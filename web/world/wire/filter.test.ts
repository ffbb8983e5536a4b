import { describe, expect, it } from "vitest";
import type { LogEntry } from "../api/types.ts";
import { EVERYTHING, fits, isFault } from "./filter.ts";

const ENTRY: LogEntry = {
  id: 1,
  at: 0,
  kind: "api",
  sender: "app:1000002",
  receiver: "wecom",
  method: "POST",
  path: "/cgi-bin/externalcontact/get",
  request: "",
  response: '{"name":"张磊"}',
  status: 200,
  errcode: 0,
  milliseconds: 1,
  note: "",
};

describe("what an observer sees", () => {
  it("is everything unless kinds are chosen", () => {
    expect(fits(ENTRY, EVERYTHING)).toBe(true);
    expect(fits(ENTRY, { ...EVERYTHING, kinds: new Set(["callback"]) })).toBe(false);
  });

  it("is found by path and by content", () => {
    expect(fits(ENTRY, { ...EVERYTHING, text: " ExternalContact " })).toBe(true);
    expect(fits(ENTRY, { ...EVERYTHING, text: "张磊" })).toBe(true);
    expect(fits(ENTRY, { ...EVERYTHING, text: "groupchat" })).toBe(false);
  });

  it("is what went wrong, planned or not", () => {
    const wrong = { ...EVERYTHING, wrong: true };
    expect(fits(ENTRY, wrong)).toBe(false);
    expect(fits({ ...ENTRY, errcode: 45009 }, wrong)).toBe(true);
    const doubled = { ...ENTRY, kind: "callback" as const, note: "attempt 1, fault: doubled" };
    expect(isFault(doubled)).toBe(true);
    expect(fits(doubled, wrong)).toBe(true);
  });
});
