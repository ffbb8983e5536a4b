import { describe, expect, it } from "vitest";
import { mayBePhone } from "./sought.ts";

describe("words that may be a phone number", () => {
  it("are whole numbers as people type them, and numbers in the making", () => {
    for (const words of ["13800138000", "138 0013 8000", "+86 138-0013-8000", "+1 (415) 555-2671"])
      expect(mayBePhone(words), words).toBe(true);
    expect(mayBePhone("1380013")).toBe(true);
    expect(mayBePhone("１３８００１３８０００")).toBe(true);
    expect(mayBePhone("021-6234567")).toBe(true);
  });

  it("are not names, years, member numbers with letters or a few digits", () => {
    for (const words of [
      "",
      "小满妈妈",
      "138",
      "88888888",
      "VIP13800138000",
      "1380013a",
      "20261122",
    ])
      expect(mayBePhone(words), words).toBe(false);
  });
});
