import { defineMessages } from "@kit/i18n/messages.ts";

export const STATE_COLOURS = {
  active: "success",
  half: "warning",
  lost: "default",
  none: "default",
} as const;

export const customerWords = defineMessages({
  zh: {
    customers: "客户",
    states: { active: "好友", half: "待通过", lost: "已流失", none: "未加好友" },
    contactStates: {
      active: "好友",
      half: "待员工通过",
      lost: "已流失",
      lost_by_transfer: "已转接",
      lost_by_customer: "被客户删除",
      lost_by_staff: "员工已删除",
    },
    kinds: { wechat: "微信", wecom: "企业微信", unknown: "未知来源" },
    genders: { male: "男", female: "女" },
    unknown: "未知",
  },
  en: {
    customers: "Customers",
    states: { active: "Contact", half: "Waiting", lost: "Lost", none: "Nobody's contact" },
    contactStates: {
      active: "Contact",
      half: "Waiting for staff",
      lost: "Lost",
      lost_by_transfer: "Handed over",
      lost_by_customer: "Deleted by the customer",
      lost_by_staff: "Deleted by staff",
    },
    kinds: { wechat: "WeChat", wecom: "WeCom", unknown: "Unknown" },
    genders: { male: "male", female: "female" },
    unknown: "unknown",
  },
});
