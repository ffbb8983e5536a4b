import { defineMessages } from "@kit/i18n/messages.ts";

export const tagWords = defineMessages({
  zh: {
    kinds: { wecom: "企业标签", internal: "内部标签" },
    sources: {
      live_code: "活码",
      wecom: "企业微信",
      employee: "员工",
      rule: "自动规则",
      import: "导入",
    } as Record<string, string>,
    add: "打上",
    remove: "移除",
    reason: "原因",
    reasonHint: "为什么打，同事能看到（可不填）",
    save: "保存",
    cancel: "取消",
    delete: "删除",
    preview: "看看会命中多少人",
  },
  en: {
    kinds: { wecom: "Corp tags", internal: "Internal tags" },
    sources: {
      live_code: "Live code",
      wecom: "WeCom",
      employee: "Staff",
      rule: "Rule",
      import: "Import",
    } as Record<string, string>,
    add: "Put on",
    remove: "Take off",
    reason: "Reason",
    reasonHint: "Why, for colleagues to see (optional)",
    save: "Save",
    cancel: "Cancel",
    delete: "Delete",
    preview: "Who would be tagged?",
  },
});
