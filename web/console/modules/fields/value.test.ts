import type { CustomField } from "@kit/api/types.ts";
import { describe, expect, it } from "vitest";
import { shownValue } from "./value.ts";

const words = { yes: "是", no: "否" };
const field = {
  options: [
    { id: 1, name: "孕期", gone: true },
    { id: 2, name: "0–1 岁", gone: false },
  ],
} as CustomField;

describe("the value of a custom field in words", () => {
  it("says nothing where nothing was noted", () => {
    expect(shownValue(field, null, words)).toBe("");
    expect(shownValue(field, undefined, words)).toBe("");
  });

  it("names options, also those that were removed since", () => {
    expect(shownValue(field, [2, 1], words)).toBe("孕期、0–1 岁");
  });

  it("says no as clearly as yes, and nought as a number", () => {
    expect(shownValue(field, false, words)).toBe("否");
    expect(shownValue(field, 0, words)).toBe("0");
  });
});
