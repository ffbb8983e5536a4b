import { defineMessages } from "@kit/i18n/messages.ts";

export const CHANNEL_KINDS = ["parcel_card", "store", "poster", "online", "other"] as const;

export const channelWords = defineMessages({
  zh: {
    kinds: {
      parcel_card: "包裹卡",
      store: "门店",
      poster: "海报",
      online: "线上投放",
      other: "其他",
    },
  },
  en: {
    kinds: {
      parcel_card: "Parcel card",
      store: "Store",
      poster: "Poster",
      online: "Online",
      other: "Other",
    },
  },
});
