import { defineMessages } from "@kit/i18n/messages.ts";

export const CONSENT_COLOURS = { granted: "success", refused: "error" } as const;

export const ERASURE_COLOURS = {
  asked: "warning",
  confirmed: "processing",
  done: "success",
  withdrawn: "default",
} as const;

export const privacyWords = defineMessages({
  zh: {
    privacy: "隐私合规",
    kinds: { marketing: "接收营销信息", profiling: "个性化推荐" },
    states: { granted: "同意", refused: "拒绝" },
    unsaid: "未表示",
    sources: { customer: "客户本人", employee: "员工记录", import: "导入" },
    erasures: { asked: "待确认", confirmed: "删除中", done: "已删除", withdrawn: "已撤回" },
  },
  en: {
    privacy: "Privacy",
    kinds: { marketing: "Marketing messages", profiling: "Personal recommendations" },
    states: { granted: "Agreed", refused: "Refused" },
    unsaid: "Not said",
    sources: { customer: "Customer", employee: "Noted by staff", import: "Import" },
    erasures: {
      asked: "To be confirmed",
      confirmed: "Being erased",
      done: "Erased",
      withdrawn: "Withdrawn",
    },
  },
});
