import { defineMessages } from "@kit/i18n/messages.ts";

export const appWords = defineMessages({
  zh: {
    nothing: "应用还没有给这个账号发过消息。",
    recalled: "应用撤回了一条消息",
    something: (kind: string) => `[${kind}]`,
    pressed: "已告诉应用",
    more: "更多操作",
  },
  en: {
    nothing: "No app has written to this account yet.",
    recalled: "The app took a message back",
    something: (kind: string) => `[${kind}]`,
    pressed: "The app was told",
    more: "More",
  },
});
