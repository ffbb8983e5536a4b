import { defineMessages } from "@kit/i18n/messages.ts";

export const orderWords = defineMessages({
  zh: {
    orders: "订单",
    states: { paid: "已付款", refunded: "已退款", part_refunded: "部分退款" },
    methods: { touch: "精确归因", window: "按时间归因", none: "未归因" },
    methodMeans: {
      touch: "订单带回了触达编号，确切知道来自哪一次触达。",
      window: "订单没有带回触达编号，按同一个人在时间窗口内最近的触达推定。",
      none: "时间窗口内没有触达过这位客户，或还不知道是谁买的。",
    },
    waiting: "等待匹配客户",
  },
  en: {
    orders: "Orders",
    states: { paid: "Paid", refunded: "Refunded", part_refunded: "Partly refunded" },
    methods: { touch: "Exact", window: "By time", none: "Not attributed" },
    methodMeans: {
      touch: "The order brought back the touch id: it is exactly known which touch led to it.",
      window: "No touch id came back; the person's latest touch within the window is taken.",
      none: "This person was not touched within the window, or is not known yet.",
    },
    waiting: "Waiting for its customer",
  },
});
