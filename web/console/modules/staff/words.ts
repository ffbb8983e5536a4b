import { defineMessages } from "@kit/i18n/messages.ts";

export const ROLES = ["admin", "planner", "manager", "staff"] as const;
export const SCOPES = ["all", "department", "self"] as const;

export const roleWords = defineMessages({
  zh: {
    roles: {
      admin: { name: "管理员", means: "可以做一切：连接企业微信、管理员工与角色、查看审计。" },
      planner: { name: "运营", means: "策划活码、渠道、内容与订单接入，查看全部数据。" },
      manager: { name: "主管", means: "查看本部门的客户、订单和排行，维护客户与标签。" },
      staff: { name: "员工", means: "服务自己的客户，分享内容；主要使用手机端。" },
    },
    scopes: { all: "全部客户", department: "本部门客户", self: "自己的客户" },
  },
  en: {
    roles: {
      admin: { name: "Administrator", means: "Everything: connection, staff and roles, audit." },
      planner: { name: "Planner", means: "Codes, channels, content, order sources; all figures." },
      manager: { name: "Manager", means: "The department's customers, orders and rankings." },
      staff: { name: "Staff", means: "Own customers and sharing, mainly on the phone." },
    },
    scopes: { all: "All customers", department: "Own department", self: "Own customers" },
  },
});
