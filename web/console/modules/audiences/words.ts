import { defineMessages } from "@kit/i18n/messages.ts";

export const audienceWords = defineMessages({
  zh: {
    audiences: "人群",
    kinds: { dynamic: "动态", static: "静态", list: "名单" },
    kindsMean: {
      dynamic: "条件满足就进、不满足就出，自动更新",
      static: "按条件算出的一批人，重新构建时才更新",
      list: "人工维护或导入的固定名单",
    },
    states: { building: "构建中", ready: "已就绪", behind: "待更新" },
    buildStates: {
      waiting: "排队中",
      running: "构建中",
      done: "已完成",
      failed: "构建失败",
      cancelling: "正在取消",
      cancelled: "已取消",
    },
    people: (count: string) => `${count} 人`,
    all: "所有人群",
  },
  en: {
    audiences: "Audiences",
    kinds: { dynamic: "Dynamic", static: "Static", list: "List" },
    kindsMean: {
      dynamic: "People come and go by themselves as they fit the rule or not",
      static: "Those who fitted when it was built; changes when built again",
      list: "A fixed list, kept by hand or imported",
    },
    states: { building: "Building", ready: "Ready", behind: "To be built" },
    buildStates: {
      waiting: "Waiting",
      running: "Building",
      done: "Done",
      failed: "Failed",
      cancelling: "Being cancelled",
      cancelled: "Cancelled",
    },
    people: (count) => `${count} people`,
    all: "All audiences",
  },
});

type Kind = { kind: "rule" | "list"; dynamic: boolean };

export function kindOf({ kind, dynamic }: Kind): keyof typeof audienceWords.zh.kinds {
  if (kind === "list") return "list";
  return dynamic ? "dynamic" : "static";
}
