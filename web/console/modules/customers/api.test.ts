import { describe, expect, it } from "vitest";
import { filtersOf } from "./api.ts";

describe("customer filters in the address", () => {
  it("turns ids into numbers", () => {
    expect(filtersOf({ q: "妈妈", tag: "7", staff: "3", state: "lost" })).toMatchObject({
      q: "妈妈",
      tag: [7],
      staff: 3,
      state: "lost",
    });
  });

  it("drops what no customer could match", () => {
    const filters = filtersOf({ tag: "x", staff: "-1", channel: "1.5", state: "nonsense" });
    expect(Object.values(filters).every((value) => value === undefined)).toBe(true);
  });
});
