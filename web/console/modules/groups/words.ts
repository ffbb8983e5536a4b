import { defineMessages } from "@kit/i18n/messages.ts";

export const GROUP_COLOURS = {
  active: "success",
  owner_left: "error",
  inheriting: "warning",
  dismissed: "default",
} as const;

export const groupWords = defineMessages({
  zh: {
    groups: "客户群",
    unnamed: "未命名的群",
    noOwner: "未知群主",
    states: {
      active: "正常",
      owner_left: "群主离职",
      inheriting: "继承中",
      dismissed: "已解散",
      all: "全部",
    },
    scenes: { invited: "成员邀请", link: "邀请链接", code: "扫码进群", unknown: "未知方式" },
    quits: { left: "自己退群", removed: "被移出", dismissed: "群已解散", unknown: "已不在群里" },
  },
  en: {
    groups: "Groups",
    unnamed: "Unnamed group",
    noOwner: "Unknown owner",
    states: {
      active: "Active",
      owner_left: "Owner left",
      inheriting: "Being inherited",
      dismissed: "Dismissed",
      all: "All",
    },
    scenes: { invited: "Invited", link: "By a link", code: "By a code", unknown: "Unknown way" },
    quits: { left: "Left", removed: "Removed", dismissed: "Group ended", unknown: "Gone" },
  },
});
