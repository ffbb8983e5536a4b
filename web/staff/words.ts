import { defineMessages } from "@kit/i18n/messages.ts";

export const words = defineMessages({
  zh: {
    tabs: { today: "今日", customers: "客户", materials: "素材", ranking: "排行", me: "我的" },
    retry: "重试",
    offline: "没有网络，显示的是上次看到的内容",
    old: (when: string) => `没能更新，这是${when}看到的内容`,
    unknown: "暂不可得",
    away: "数字暂时算不出来，请稍后再看。",
    reads: (name: string, title: string) => `${name} 正在看《${title}》`,
    joined: (name: string) => `${name} 刚刚添加了你`,
    someone: "一位客户",
  },
  en: {
    tabs: {
      today: "Today",
      customers: "Customers",
      materials: "Content",
      ranking: "Ranking",
      me: "Me",
    },
    retry: "Try again",
    offline: "No network: this is what was last seen",
    old: (when: string) => `This could not be renewed: it is what was seen ${when}`,
    unknown: "not known",
    away: "Figures cannot be had just now: look again later.",
    reads: (name: string, title: string) => `${name} is reading “${title}”`,
    joined: (name: string) => `${name} has just added you`,
    someone: "A customer",
  },
});
