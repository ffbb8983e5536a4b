import { describe, expect, it } from "vitest";
import { MAY } from "../permissions.ts";
import { NAVIGATION, navigationFor, navigationWords } from "./navigation.tsx";

describe("navigation", () => {
  it("shows only what the role may open, and no empty group", () => {
    const groups = navigationFor([MAY.readHome, MAY.readOrders]);
    expect(groups.map((group) => group.key)).toEqual(["home", "conversion"]);
    expect(groups[1]?.pages.map((page) => page.key)).toEqual(["orders", "orderSources"]);
  });

  it("shows everything to who may do everything", () => {
    const shown = navigationFor(Object.values(MAY)).flatMap((group) => group.pages);
    expect(shown).toHaveLength(NAVIGATION.flatMap((group) => group.pages).length);
  });

  it("names every page in both languages", () => {
    for (const { key } of NAVIGATION.flatMap((group) => group.pages)) {
      expect(navigationWords.zh.pages[key]).toBeTruthy();
      expect(navigationWords.en.pages[key]).toBeTruthy();
    }
  });
});
