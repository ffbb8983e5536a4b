import { defineMessages } from "@kit/i18n/messages.ts";

export const MATERIAL_STATES = ["draft", "published", "archived"] as const;

export const materialWords = defineMessages({
  zh: {
    title: "内容中心",
    states: { draft: "草稿", published: "已发布", archived: "已下架" } as Record<string, string>,
  },
  en: {
    title: "Content",
    states: { draft: "Draft", published: "Published", archived: "Archived" } as Record<
      string,
      string
    >,
  },
});
