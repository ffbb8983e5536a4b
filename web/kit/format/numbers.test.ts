import { describe, expect, it } from "vitest";
import {
  changeOf,
  formatCount,
  formatDuration,
  formatMoney,
  formatMoneyShort,
  formatRate,
  formatShort,
} from "./numbers.ts";

describe("numbers", () => {
  it("separates thousands", () => {
    expect(formatCount(1234)).toBe("1,234");
  });

  it("shortens by ten thousands in Chinese and by thousands in English", () => {
    expect(formatShort(9_999, "zh")).toBe("9,999");
    expect(formatShort(123_456, "zh")).toBe("12.3万");
    expect(formatShort(250_000_000, "zh")).toBe("2.5亿");
    expect(formatShort(123_456, "en")).toBe("123.5K");
  });

  it("turns fen into yuan without losing the sign", () => {
    expect(formatMoney(123_450)).toBe("¥1,234.50");
    expect(formatMoney(-5)).toBe("-¥0.05");
    expect(formatMoneyShort(1_234_500_000, "zh")).toBe("¥1,234.5万");
  });

  it("tells shares and durations", () => {
    expect(formatRate(0.1234)).toBe("12.3%");
    expect(formatDuration(45, "zh")).toBe("45秒");
    expect(formatDuration(200, "zh")).toBe("3分20秒");
    expect(formatDuration(7500, "en")).toBe("2h 5m");
    expect(formatDuration(0, "zh")).toBe("0秒");
  });

  it("has no change to tell when there was nothing before", () => {
    expect(changeOf(12, 10)).toBeCloseTo(0.2);
    expect(changeOf(3, 0)).toBeNull();
    expect(changeOf(0, 0)).toBe(0);
  });
});
