import { describe, expect, it } from "vitest";
import { type Act, detailOf, titleOf } from "./acts.ts";

const NOBODY = {
  channel: null,
  fields: null,
  group: null,
  live_code: null,
  material: null,
  stage: null,
  tag: null,
};

function act(type: string, rest: Partial<Act> = {}): Act {
  return { type, title: "服务器的话", detail: null, names: NOBODY, properties: {}, ...rest };
}

describe("acts on a trail", () => {
  const marked = act("tag.marked", {
    names: { ...NOBODY, tag: "6个月" },
    properties: { source: "live_code" },
  });

  it("name the tag, in both languages", () => {
    expect(`${titleOf(marked, "zh")}${detailOf(marked, "zh")}`).toBe(
      "打上标签「6个月」 · 活码自动打标",
    );
    expect(`${titleOf(marked, "en")} ${detailOf(marked, "en")}`).toBe(
      "Tagged “6个月” · by the live code",
    );
  });

  it("tell who ended a friendship", () => {
    const lost = act("contact.lost", { properties: { by: "customer" } });
    expect(titleOf(lost, "en")).toBe("Deleted the staff member");
    expect(titleOf(act("contact.lost"), "zh")).toBe("好友流失");
  });

  it("tell how far an article was read, and what was paid", () => {
    const read = act("material.read", { properties: { seconds: 30, depth: 60 } });
    expect(detailOf(read, "zh")).toContain("60%");
    expect(detailOf(act("order.paid", { properties: { amount_fen: 25800 } }), "en")).toBe(
      "¥258.00",
    );
  });

  it("tell where a word of the list was heard, and what came of it", () => {
    const found = act("sensitivity.changed", {
      properties: { state: "found", source: "official" },
    });
    expect(titleOf(found, "en")).toBe("Sensitive to marketing");
    expect(detailOf(found, "zh")).toBe("在公众号里说到敏感词 · 待审核，暂不营销");
  });

  it("fall back to the server's words where nobody has worded them", () => {
    expect(titleOf(act("pond.frozen"), "en")).toBe("服务器的话");
    expect(detailOf({ ...act("pond.frozen", { detail: "冰" }), names: undefined }, "en")).toBe(
      "冰",
    );
  });
});
