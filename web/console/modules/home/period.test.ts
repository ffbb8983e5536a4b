import { setTimeZone } from "@kit/format/time.ts";
import { describe, expect, it } from "vitest";
import { periodOf, spanOf } from "./period.ts";

describe("periods", () => {
  it("ends today where the tenant lives", () => {
    setTimeZone("Asia/Shanghai");
    const lateInLondon = new Date("2026-11-20T17:00:00Z");
    expect(periodOf("today", lateInLondon)).toEqual({ from: "2026-11-21", to: "2026-11-21" });
    expect(periodOf("7", lateInLondon)).toEqual({ from: "2026-11-15", to: "2026-11-21" });
  });

  it("falls back to today for spans it does not know", () => {
    expect(spanOf("9")).toBe("today");
    expect(spanOf("30")).toBe("30");
  });
});
