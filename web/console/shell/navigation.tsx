import {
  ApiOutlined,
  AuditOutlined,
  BranchesOutlined,
  CrownOutlined,
  FunnelPlotOutlined,
  GlobalOutlined,
  HomeOutlined,
  MergeCellsOutlined,
  ProfileOutlined,
  QrcodeOutlined,
  ReadOutlined,
  SafetyOutlined,
  ShoppingOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  UserDeleteOutlined,
  UsergroupAddOutlined,
  UserSwitchOutlined,
  WechatWorkOutlined,
} from "@ant-design/icons";
import { defineMessages } from "@kit/i18n/messages.ts";
import type { ComponentType } from "react";
import { MAY, type Permission } from "../permissions.ts";

export const navigationWords = defineMessages({
  zh: {
    groups: {
      home: "",
      growth: "引流获客",
      people: "客户",
      activation: "促活",
      conversion: "转化",
      settings: "设置",
    },
    pages: {
      home: "首页",
      liveCodes: "员工活码",
      channels: "渠道分析",
      customers: "客户",
      groups: "客户群",
      mergeCandidates: "合并建议",
      tags: "标签",
      audiences: "人群",
      rfm: "RFM 分层",
      churn: "流失预警",
      materials: "内容中心",
      orders: "订单",
      orderSources: "订单接入",
      connection: "企业微信连接",
      collection: "网站采集",
      staff: "员工与角色",
      fields: "字段与阶段",
      exchange: "导入导出",
      privacy: "隐私合规",
      audit: "审计",
      jobs: "后台任务",
    },
  },
  en: {
    groups: {
      home: "",
      growth: "Growth",
      people: "People",
      activation: "Activation",
      conversion: "Conversion",
      settings: "Settings",
    },
    pages: {
      home: "Home",
      liveCodes: "Live codes",
      channels: "Channels",
      customers: "Customers",
      groups: "Groups",
      mergeCandidates: "Merge suggestions",
      tags: "Tags",
      audiences: "Audiences",
      rfm: "RFM",
      churn: "Churn",
      materials: "Content",
      orders: "Orders",
      orderSources: "Order sources",
      connection: "Connection",
      collection: "Website collection",
      staff: "Staff and roles",
      fields: "Fields and stages",
      exchange: "Import and export",
      privacy: "Privacy",
      audit: "Audit",
      jobs: "Background jobs",
    },
  },
});

type PageKey = keyof typeof navigationWords.zh.pages;
type GroupKey = keyof typeof navigationWords.zh.groups;

export type NavigationPage = {
  key: PageKey;
  to: string;
  icon: ComponentType;
  needs: Permission;
  /** More words under which the palette finds it. */
  also: string;
};

export type NavigationGroup = { key: GroupKey; pages: NavigationPage[] };

/** The four stages, as people in this field think, between home and settings. */
export const NAVIGATION: NavigationGroup[] = [
  {
    key: "home",
    pages: [
      {
        key: "home",
        to: "/",
        icon: HomeOutlined,
        needs: MAY.readHome,
        also: "看板 dashboard 首页 排行 gmv 成单率",
      },
    ],
  },
  {
    key: "growth",
    pages: [
      {
        key: "liveCodes",
        to: "/growth/live-codes",
        icon: QrcodeOutlined,
        needs: MAY.readLiveCodes,
        also: "活码 二维码 qr huoma",
      },
      {
        key: "channels",
        to: "/growth/channels",
        icon: BranchesOutlined,
        needs: MAY.readChannels,
        also: "渠道 曝光 channel qudao",
      },
    ],
  },
  {
    key: "people",
    pages: [
      {
        key: "customers",
        to: "/people/customers",
        icon: TeamOutlined,
        needs: MAY.readCustomers,
        also: "客户 360 customer kehu",
      },
      {
        key: "groups",
        to: "/people/groups",
        icon: UsergroupAddOutlined,
        needs: MAY.readCustomers,
        also: "客户群 群聊 社群 group kehuqun",
      },
      {
        key: "mergeCandidates",
        to: "/people/merge-candidates",
        icon: MergeCellsOutlined,
        needs: MAY.writeCustomers,
        also: "合并建议 去重 重复客户 oneid merge hebing",
      },
      {
        key: "tags",
        to: "/people/tags",
        icon: TagsOutlined,
        needs: MAY.readTags,
        also: "标签 tag biaoqian",
      },
      {
        key: "audiences",
        to: "/people/audiences",
        icon: FunnelPlotOutlined,
        needs: MAY.readAudiences,
        also: "人群包 圈人 分群 audience segment renqun",
      },
      {
        key: "rfm",
        to: "/people/rfm",
        icon: CrownOutlined,
        needs: MAY.readAudiences,
        also: "分层 价值 门槛 rfm fenceng",
      },
      {
        key: "churn",
        to: "/people/churn",
        icon: UserDeleteOutlined,
        needs: MAY.readChurn,
        also: "流失 沉默 敏感 拉黑 churn liushi",
      },
      {
        key: "exchange",
        to: "/people/exchange",
        icon: SwapOutlined,
        needs: MAY.importCustomers,
        also: "导入 导出 excel csv import export",
      },
    ],
  },
  {
    key: "activation",
    pages: [
      {
        key: "materials",
        to: "/activation/materials",
        icon: ReadOutlined,
        needs: MAY.readMaterials,
        also: "文章 素材 article material neirong",
      },
    ],
  },
  {
    key: "conversion",
    pages: [
      {
        key: "orders",
        to: "/conversion/orders",
        icon: ShoppingOutlined,
        needs: MAY.readOrders,
        also: "订单 归因 order dingdan",
      },
      {
        key: "orderSources",
        to: "/conversion/order-sources",
        icon: ApiOutlined,
        needs: MAY.readOrders,
        also: "商城 接口 密钥 api",
      },
    ],
  },
  {
    key: "settings",
    pages: [
      {
        key: "connection",
        to: "/settings/connection",
        icon: WechatWorkOutlined,
        needs: MAY.readSettings,
        also: "企业微信 诊断 回调 公众号 wecom",
      },
      {
        key: "collection",
        to: "/settings/collection",
        icon: GlobalOutlined,
        needs: MAY.readSettings,
        also: "采集 埋点 官网 网站 key collect website",
      },
      {
        key: "staff",
        to: "/settings/staff",
        icon: UserSwitchOutlined,
        needs: MAY.writeStaff,
        also: "员工 部门 角色 权限 staff role",
      },
      {
        key: "fields",
        to: "/settings/fields",
        icon: ProfileOutlined,
        needs: MAY.writeFields,
        also: "字段 自定义字段 阶段 field stage ziduan jieduan",
      },
      {
        key: "privacy",
        to: "/settings/privacy",
        icon: SafetyOutlined,
        needs: MAY.writePrivacy,
        also: "隐私 授权 删除 个人信息 privacy consent pipl",
      },
      {
        key: "audit",
        to: "/settings/audit",
        icon: AuditOutlined,
        needs: MAY.readAudit,
        also: "审计 日志 audit",
      },
      {
        key: "jobs",
        to: "/settings/jobs",
        icon: ThunderboltOutlined,
        needs: MAY.readJobs,
        also: "后台任务 进度 job",
      },
    ],
  },
];

/** What this role may open. */
export function navigationFor(permissions: readonly string[]): NavigationGroup[] {
  return NAVIGATION.map((group) => ({
    ...group,
    pages: group.pages.filter((page) => permissions.includes(page.needs)),
  })).filter((group) => group.pages.length > 0);
}
