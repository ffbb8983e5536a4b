import { beforeEach, describe, expect, it } from "vitest";
import { dayBefore, formatDay, formatMoment, formatRelative, setTimeZone } from "./time.ts";

const NOW = new Date("2026-11-21T02:00:00Z"); // 10:00 in Shanghai

describe("time in the tenant's zone", () => {
  beforeEach(() => setTimeZone("Asia/Shanghai"));

  it("crosses midnight where the tenant lives, not where the browser is", () => {
    expect(formatDay("2026-11-20T16:30:00Z")).toBe("2026-11-21");
    expect(formatMoment("2026-11-20T16:30:00Z")).toBe("2026-11-21 00:30");
    setTimeZone("UTC");
    expect(formatDay("2026-11-20T16:30:00Z")).toBe("2026-11-20");
  });

  it("tells near times in words", () => {
    expect(formatRelative("2026-11-21T01:59:30Z", "zh", NOW)).toBe("刚刚");
    expect(formatRelative("2026-11-21T01:55:00Z", "zh", NOW)).toBe("5分钟前");
    expect(formatRelative("2026-11-20T17:00:00Z", "zh", NOW)).toBe("今天 01:00");
    expect(formatRelative("2026-11-20T13:04:00Z", "en", NOW)).toBe("yesterday 21:04");
    expect(formatRelative("2026-11-02T13:04:00Z", "zh", NOW)).toBe("11-02 21:04");
    expect(formatRelative("2025-11-02T13:04:00Z", "zh", NOW)).toBe("2025-11-02");
  });

  it("counts days back", () => {
    expect(dayBefore(7, NOW)).toBe("2026-11-14");
  });
});
