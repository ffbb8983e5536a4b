import { setTimeZone } from "@kit/format/time.ts";
import { beforeEach, describe, expect, it } from "vitest";
import type { Rule } from "./language.ts";
import type { Names, Thing } from "./names.ts";
import { isDidNot, sentenceOf } from "./sentence.ts";

const THINGS: Partial<Record<Thing, Record<number, string>>> = {
  tag: { 1: "奶粉", 2: "纸尿裤", 3: "高意向" },
  staff: { 1: "林晓月", 2: "周敏" },
  channel: { 1: "快递包裹" },
  group: { 1: "宝妈一群", 2: "宝妈二群" },
  audience: { 1: "沉睡客户" },
  material: { 1: "新手爸妈必读" },
  stage: { 4: "意向" },
};

const NAMES: Names = {
  attribute: (name) =>
    [
      { name: "orders", title: "订单数", kind: "number" as const, optional: false, choices: [] },
      { name: "gmv_fen", title: "成交额", kind: "money" as const, optional: false, choices: [] },
      { name: "name", title: "昵称", kind: "text" as const, optional: true, choices: [] },
      {
        name: "last_add_at",
        title: "最近添加时间",
        kind: "moment" as const,
        optional: true,
        choices: [],
      },
      { name: "sensitive", title: "营销敏感", kind: "flag" as const, optional: false, choices: [] },
      {
        name: "gender",
        title: "性别",
        kind: "choice" as const,
        optional: true,
        choices: [
          { value: "male", name: "男" },
          { value: "female", name: "女" },
        ],
      },
      {
        name: "stage",
        title: "阶段",
        kind: "choice" as const,
        optional: true,
        choices: [],
        things: "stage" as const,
      },
    ].find((one) => one.name === name),
  field: (id) =>
    [
      { id: 1, name: "生日", kind: "date" as const, options: [] },
      { id: 2, name: "是否会员", kind: "flag" as const, options: [] },
      { id: 3, name: "肤质", kind: "choice" as const, options: [{ id: 7, name: "干性" }] },
    ].find((one) => one.id === id),
  act: (type) =>
    [
      {
        type: "order.paid",
        title: "支付订单",
        properties: [{ name: "amount_fen", title: "金额", kind: "money" as const, choices: [] }],
      },
      {
        type: "material.viewed",
        title: "打开素材",
        properties: [
          {
            name: "material_id",
            title: "素材",
            kind: "thing" as const,
            choices: [],
            things: "material" as const,
          },
          { name: "forwarded", title: "来自转发", kind: "flag" as const, choices: [] },
        ],
      },
      {
        type: "site.event",
        title: "网站行为",
        properties: [
          { name: "properties", title: "上报的属性", kind: "open" as const, choices: [] },
        ],
      },
    ].find((one) => one.type === type),
  thing: (kind, id) => THINGS[kind]?.[id],
  tagGroup: (id) => (id === 3 ? "意向" : "需求"),
};

function zh(rule: Rule): string {
  return sentenceOf(rule, NAMES, "zh");
}

describe("a condition in words", () => {
  beforeEach(() => setTimeZone("Asia/Shanghai"));

  it.each<[string, Rule]>([
    ["订单数不少于 3", { kind: "attribute", name: "orders", op: "ge", number: 3 }],
    ["成交额多于 ¥500.00", { kind: "attribute", name: "gmv_fen", op: "gt", number: 50_000 }],
    ["昵称包含「妈妈」", { kind: "attribute", name: "name", op: "contains", text: "妈妈" }],
    ["昵称不是「A」", { kind: "attribute", name: "name", op: "ne", text: "A" }],
    ["昵称为空", { kind: "attribute", name: "name", op: "empty" }],
    ["性别是「女」", { kind: "attribute", name: "gender", op: "in", values: ["female"] }],
    [
      "性别不是「男」或「女」",
      { kind: "attribute", name: "gender", op: "not_in", values: ["male", "female"] },
    ],
    ["阶段是「意向」", { kind: "attribute", name: "stage", op: "in", values: ["4"] }],
    ["营销敏感：否", { kind: "attribute", name: "sensitive", op: "eq", number: 0 }],
    [
      "最近添加时间在最近 7 天内",
      { kind: "attribute", name: "last_add_at", op: "within", span: { last: 7 } },
    ],
    [
      "最近添加时间在 60 天前到 30 天前之间",
      {
        kind: "attribute",
        name: "last_add_at",
        op: "within",
        span: { last: 60, older: 30, unit: "day" },
      },
    ],
    [
      "最近添加时间自 2026-11-01 00:00 起",
      {
        kind: "attribute",
        name: "last_add_at",
        op: "within",
        span: { since: "2026-10-31T16:00:00Z" },
      },
    ],
    ["生日在今天起 7 天内到来", { kind: "field", field_id: 1, op: "anniversary", days: 7 }],
    ["今天是生日", { kind: "field", field_id: 1, op: "anniversary", days: 0 }],
    ["生日在 2020-01-01 或之后", { kind: "field", field_id: 1, op: "within", since: "2020-01-01" }],
    ["是否会员：是", { kind: "field", field_id: 2, op: "eq", number: 1 }],
    ["肤质是「干性」", { kind: "field", field_id: 3, op: "in", choices: [7] }],
    ["在客户群「宝妈一群」或「宝妈二群」里", { kind: "groups", group_ids: [1, 2] }],
    ["同时在客户群「宝妈一群」「宝妈二群」里", { kind: "groups", group_ids: [1, 2], mode: "all" }],
    ["在任一客户群里", { kind: "groups" }],
    ["在人群「沉睡客户」里", { kind: "audience", audience_id: 1 }],
    ["RFM 评分：R 为 4–5，F 为 1、3", { kind: "rfm", recency: [5, 4], frequency: [3, 1] }],
    ["有 RFM 评分（买过）", { kind: "rfm" }],
  ])("%s", (sentence, rule) => {
    expect(zh(rule)).toBe(sentence);
  });

  it("tells WeCom's meaning of tags: any within a group, all across groups", () => {
    expect(zh({ kind: "tags", tag_ids: [1, 2, 3] })).toBe(
      "有标签「奶粉」或「纸尿裤」，并有「高意向」",
    );
    expect(zh({ kind: "tags", tag_ids: [1, 3], mode: "none", past: true })).toBe(
      "标签「奶粉」「高意向」一个都没有（已流失好友的标签也算）",
    );
    expect(zh({ kind: "tags", tag_ids: [1, 3], mode: "all" })).toBe("同时有标签「奶粉」「高意向」");
  });

  it("names what was deleted by its number", () => {
    expect(zh({ kind: "tags", tag_ids: [99] })).toBe("有标签「已删除的 #99」");
  });

  it("tells a friendship as one thing", () => {
    expect(
      zh({
        kind: "contact",
        staff_account_ids: [1, 2],
        channel_ids: [1],
        states: ["active"],
        added: { last: 7, unit: "day" },
      }),
    ).toBe("是「林晓月」或「周敏」的好友，来自渠道「快递包裹」，最近一次添加在最近 7 天内");
    expect(zh({ kind: "contact", states: ["lost"], lost_by: ["customer"] })).toBe(
      "好友关系为已流失，流失原因是被客户删除",
    );
    expect(zh({ kind: "contact", times: 2 })).toBe("至少有 2 个员工的好友关系");
  });

  it("tells what was done, how often, and what was not", () => {
    expect(zh({ kind: "behaviour", type: "order.paid" })).toBe("有过「支付订单」");
    expect(
      zh({ kind: "behaviour", type: "order.paid", op: "eq", times: 0, within: { last: 7 } }),
    ).toBe("最近 7 天内没有「支付订单」");
    expect(
      zh({
        kind: "behaviour",
        type: "material.viewed",
        op: "ge",
        times: 2,
        within: { last: 24, unit: "hour" },
        where: [{ name: "material_id", op: "in", values: [1] }],
      }),
    ).toBe("最近 24 小时内「打开素材」不少于 2 次（素材是「新手爸妈必读」）");
    expect(
      zh({
        kind: "behaviour",
        type: "order.paid",
        where: [{ name: "amount_fen", op: "ge", number: 10_000 }],
      }),
    ).toBe("有过「支付订单」（金额不少于 ¥100.00）");
    expect(
      zh({
        kind: "behaviour",
        type: "site.event",
        where: [{ name: "properties.color", op: "in", values: ["red"] }],
      }),
    ).toBe("有过「网站行为」（color是「red」）");
  });

  it("knows each way of asking who did not", () => {
    expect(isDidNot({ kind: "behaviour", type: "order.paid", op: "lt", times: 1 })).toBe(true);
    expect(isDidNot({ kind: "behaviour", type: "order.paid", op: "eq", times: 1 })).toBe(false);
    expect(isDidNot({ kind: "behaviour", type: "order.paid" })).toBe(false);
  });
});

describe("a whole rule in words", () => {
  const bought: Rule = { kind: "behaviour", type: "order.paid" };
  const tagged: Rule = { kind: "tags", tag_ids: [1] };
  const grouped: Rule = { kind: "groups" };

  it("joins conditions as its groups do", () => {
    expect(zh({ kind: "all", items: [bought, { kind: "any", items: [tagged, grouped] }] })).toBe(
      "有过「支付订单」，且（有标签「奶粉」，或在任一客户群里）",
    );
    expect(zh({ kind: "all", items: [bought, { kind: "none", items: [tagged, grouped] }] })).toBe(
      "有过「支付订单」，且（以下都不满足：有标签「奶粉」；在任一客户群里）",
    );
  });

  it("needs no brackets around one condition", () => {
    expect(zh({ kind: "all", items: [{ kind: "any", items: [tagged] }] })).toBe("有标签「奶粉」");
  });

  it("says whom an empty group lets in", () => {
    expect(zh({ kind: "all", items: [] })).toBe("所有客户（没有条件）");
    expect(zh({ kind: "any", items: [] })).toContain("没有人");
  });

  it("speaks English as well", () => {
    expect(
      sentenceOf(
        {
          kind: "all",
          items: [
            { kind: "contact", states: ["active"], added: { last: 7, unit: "day" } },
            { kind: "behaviour", type: "order.paid", op: "eq", times: 0, within: { last: 7 } },
          ],
        },
        NAMES,
        "en",
      ),
    ).toBe("is a contact, last added within the last 7 days and no “支付订单” in the last 7 days");
  });
});
