import { defineMessages } from "@kit/i18n/messages.ts";

export const customerWords = defineMessages({
  zh: {
    customers: "客户",
    states: { active: "好友", lost: "已流失" },
    contactStates: {
      active: "好友",
      lost_by_customer: "被客户删除",
      lost_by_staff: "员工已删除",
    },
    kinds: { wechat: "微信", wecom: "企业微信" },
    genders: { male: "男", female: "女" },
    unknown: "未知",
  },
  en: {
    customers: "Customers",
    states: { active: "Contact", lost: "Lost" },
    contactStates: {
      active: "Contact",
      lost_by_customer: "Deleted by the customer",
      lost_by_staff: "Deleted by staff",
    },
    kinds: { wechat: "WeChat", wecom: "WeCom" },
    genders: { male: "male", female: "female" },
    unknown: "unknown",
  },
});
