import { defineMessages } from "@kit/i18n/messages.ts";

type Names = Record<string, string>;

export const ORDER_METHODS = ["touch", "window", "none"] as const;
export const ORDER_STATES = ["paid", "partly_refunded", "refunded"] as const;

export const orderWords = defineMessages({
  zh: {
    orders: "订单",
    states: { paid: "已付款", partly_refunded: "部分退款", refunded: "已退款" } as Names,
    methods: { touch: "精确归因", window: "按时间归因", none: "未归因" } as Names,
    methodMeans: {
      touch: "订单带回了触达编号，确切知道来自哪一次触达。",
      window: "订单没有带回触达编号，按同一个人在时间窗口内最近的一次触达推定。",
      none: "时间窗口内没有触达过这位客户，或还不知道是谁买的。",
    } as Names,
    matches: {
      touch: "触达编号",
      unionid: "unionid",
      phone: "手机号",
      external_member_id: "会员号",
    } as Names,
    touches: { welcome: "欢迎语", share: "员工分享", code: "活码" } as Names,
    waiting: "等待匹配客户",
  },
  en: {
    orders: "Orders",
    states: { paid: "Paid", partly_refunded: "Partly refunded", refunded: "Refunded" } as Names,
    methods: { touch: "Exact", window: "By time", none: "Not attributed" } as Names,
    methodMeans: {
      touch: "The order brought back the touch id: it is exactly known which touch led to it.",
      window: "No touch id came back; the person's latest touch within the window is taken.",
      none: "This person was not touched within the window, or is not known yet.",
    } as Names,
    matches: {
      touch: "touch id",
      unionid: "unionid",
      phone: "phone",
      external_member_id: "member id",
    } as Names,
    touches: { welcome: "Welcome", share: "Shared by staff", code: "Live code" } as Names,
    waiting: "Waiting for its customer",
  },
});
