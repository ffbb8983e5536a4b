import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { wordingOf } from "./wording.ts";
import { ENGLISH_METRICS, ENGLISH_SOURCES } from "./words.ts";

const dictionary = readFileSync(new URL("../../../docs/metrics.md", import.meta.url), "utf8");
const keys = [...dictionary.matchAll(/^## .*`([a-z0-9_]+)`/gm)].map(([, key = ""]) => key);

describe("figures in English", () => {
  it("are worded for every key of the metric dictionary", () => {
    expect(keys.length).toBeGreaterThan(20);
    expect(Object.keys(ENGLISH_METRICS).sort()).toEqual([...keys].sort());
    expect(Object.keys(ENGLISH_SOURCES).sort()).toEqual([...keys].sort());
  });

  it("say why there is none", () => {
    const { why } = wordingOf("en");
    const unknown = { why_unknown: "所选时间内没有曝光", why_code: "undefined" };
    expect(why(unknown, "click_rate")).toMatch(/no click rate/);
    expect(why({ why_unknown: "未接入", why_code: "orders_missing" })).toMatch(/order source/);
    expect(why({ why_unknown: "新原因", why_code: "brand_new" })).toBe("新原因");
    expect(why({ why_unknown: null, why_code: null })).toBeNull();
  });

  it("leave Chinese as the server says it", () => {
    const figure = { key: "added", name: "新增好友", definition: "所选时间内" };
    expect(wordingOf("zh").name(figure)).toBe("新增好友");
    expect(wordingOf("en").name(figure)).toBe("Added");
  });
});
