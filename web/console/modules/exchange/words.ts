import { defineMessages } from "@kit/i18n/messages.ts";

export const IMPORT_COLOURS = {
  uploaded: "default",
  checking: "processing",
  checked: "default",
  running: "processing",
  done: "success",
  failed: "error",
  cancelled: "warning",
  expired: "default",
} as const;

export const EXPORT_COLOURS = {
  waiting: "default",
  running: "processing",
  ready: "success",
  failed: "error",
  cancelled: "warning",
  expired: "default",
} as const;

export const FATE_COLOURS = {
  new: "success",
  known: "processing",
  repeated: "default",
  conflicting: "warning",
  bad: "error",
} as const;

export const exchangeWords = defineMessages({
  zh: {
    exchange: "导入导出",
    states: {
      uploaded: "待设置",
      checking: "试算中",
      checked: "待导入",
      running: "导入中",
      done: "已完成",
      failed: "已中断",
      cancelled: "已取消",
      expired: "文件已删除",
    },
    exportStates: {
      waiting: "排队中",
      running: "生成中",
      ready: "可下载",
      failed: "已中断",
      cancelled: "已取消",
      expired: "已过期",
    },
    meanings: {
      phone: "手机号",
      member: "会员号",
      external_userid: "企微外部联系人 ID",
      unionid: "unionid",
      openid: "openid",
      name: "姓名 / 昵称",
      gender: "性别",
      stage: "客户阶段",
      tags: "内部标签",
      consent: "营销授权",
      field: "自定义字段",
    },
    fates: {
      new: "新增",
      known: "更新",
      repeated: "文件内重复",
      conflicting: "冲突",
      bad: "错误",
    },
    rows: "总行数",
  },
  en: {
    exchange: "Import and export",
    states: {
      uploaded: "To be set up",
      checking: "Being tried",
      checked: "Ready to import",
      running: "Importing",
      done: "Done",
      failed: "Interrupted",
      cancelled: "Cancelled",
      expired: "File deleted",
    },
    exportStates: {
      waiting: "Waiting",
      running: "Being written",
      ready: "Ready",
      failed: "Interrupted",
      cancelled: "Cancelled",
      expired: "Expired",
    },
    meanings: {
      phone: "Phone",
      member: "Member number",
      external_userid: "WeCom external id",
      unionid: "unionid",
      openid: "openid",
      name: "Name",
      gender: "Gender",
      stage: "Stage",
      tags: "Internal tags",
      consent: "Marketing consent",
      field: "Custom field",
    },
    fates: {
      new: "New",
      known: "Updated",
      repeated: "Repeated in the file",
      conflicting: "Conflict",
      bad: "Wrong",
    },
    rows: "Rows",
  },
});
