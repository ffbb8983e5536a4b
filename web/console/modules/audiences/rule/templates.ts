import { defineMessages } from "@kit/i18n/messages.ts";
import type { Rule } from "./language.ts";
import type { FieldInfo } from "./names.ts";

export const templateWords = defineMessages({
  zh: {
    newNoOrder: { name: "新客 7 天未下单", hint: "刚加上还没买，趁热跟进首单" },
    onceBought: { name: "首单后 30 天未复购", hint: "只买过一次，推动第二单" },
    sleeping: { name: "沉睡 60 天老客", hint: "买过、仍是好友、60 天没再买" },
    best: { name: "高价值客户 RFM 555", hint: "最近买、买得多、花得多，值得专人维护" },
    leavingBest: { name: "要流失的高价值客户", hint: "花得多但最近没来，先挽回他们" },
    viewedTwice: { name: "看过两次未买", hint: "7 天内打开素材两次以上却没下单" },
    birthday: { name: "生日 7 天内", hint: "提前准备祝福与礼券" },
    noGroup: { name: "还没进群的好友", hint: "邀请进客户群" },
    marketable: { name: "可以营销的好友", hint: "没有拒绝营销、也不敏感" },
    noDate: "先添加一个日期类的自定义字段",
  },
  en: {
    newNoOrder: { name: "New, no order in 7 days", hint: "Added just now, not bought yet" },
    onceBought: { name: "Bought once, 30 days ago", hint: "Ready for a second order" },
    sleeping: { name: "Asleep for 60 days", hint: "Bought, still a contact, quiet for 60 days" },
    best: { name: "Best customers, RFM 555", hint: "Recent, frequent, and spending" },
    leavingBest: { name: "Good customers about to leave", hint: "Spent much, but not lately" },
    viewedTwice: { name: "Looked twice, did not buy", hint: "Twice or more within 7 days" },
    birthday: { name: "Birthday within 7 days", hint: "Prepare a greeting" },
    noGroup: { name: "Contacts in no group", hint: "Invite them" },
    marketable: { name: "Open to marketing", hint: "Did not refuse, not sensitive" },
    noDate: "Needs a custom field with a date",
  },
});

export type TemplateKey = Exclude<keyof typeof templateWords.zh, "noDate">;

const FRIEND: Rule = { kind: "contact", states: ["active"] };

const BIRTHDAY = /生日|birth/i;

function birthdayField(fields: readonly FieldInfo[]): FieldInfo | undefined {
  const dates = fields.filter(({ kind }) => kind === "date");
  return dates.find(({ name }) => BIRTHDAY.test(name)) ?? dates[0];
}

const RULES: Record<Exclude<TemplateKey, "birthday">, Rule[]> = {
  newNoOrder: [
    { kind: "contact", states: ["active"], added: { last: 7, unit: "day" } },
    { kind: "attribute", name: "orders", op: "eq", number: 0 },
  ],
  onceBought: [
    FRIEND,
    { kind: "attribute", name: "orders", op: "eq", number: 1 },
    { kind: "attribute", name: "last_paid_at", op: "within", span: { older: 30, unit: "day" } },
  ],
  sleeping: [
    FRIEND,
    { kind: "attribute", name: "last_paid_at", op: "within", span: { older: 60, unit: "day" } },
  ],
  best: [FRIEND, { kind: "rfm", recency: [5], frequency: [5], money: [5] }],
  leavingBest: [FRIEND, { kind: "rfm", recency: [1, 2], money: [4, 5] }],
  viewedTwice: [
    FRIEND,
    {
      kind: "behaviour",
      type: "material.viewed",
      op: "ge",
      times: 2,
      within: { last: 7, unit: "day" },
    },
    {
      kind: "behaviour",
      type: "order.paid",
      op: "eq",
      times: 0,
      within: { last: 7, unit: "day" },
    },
  ],
  noGroup: [FRIEND, { kind: "none", items: [{ kind: "groups", mode: "any" }] }],
  marketable: [
    FRIEND,
    { kind: "attribute", name: "marketing", op: "not_in", values: ["refused"] },
    { kind: "attribute", name: "sensitive", op: "eq", number: 0 },
  ],
};

export const TEMPLATE_KEYS = Object.keys(templateWords.zh).filter(
  (key) => key !== "noDate",
) as TemplateKey[];

/** The rule of a template; none while the enterprise lacks what it needs. */
export function templateRule(key: TemplateKey, fields: readonly FieldInfo[]): Rule | null {
  if (key !== "birthday") return { kind: "all", items: structuredClone(RULES[key]) };
  const field = birthdayField(fields);
  if (!field) return null;
  return {
    kind: "all",
    items: [FRIEND, { kind: "field", field_id: field.id, op: "anniversary", days: 7 }],
  };
}
