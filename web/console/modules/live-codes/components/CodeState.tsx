import type { LiveCodeState } from "@kit/api/types.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tag } from "antd";

const words = defineMessages({
  zh: {
    creating: "创建中",
    active: "使用中",
    failed: "未成功",
    deleting: "删除中",
    removed: "已删除",
  },
  en: {
    creating: "Creating",
    active: "In use",
    failed: "Failed",
    deleting: "Deleting",
    removed: "Deleted",
  },
});

const COLOURS: Record<LiveCodeState, string> = {
  creating: "processing",
  active: "success",
  failed: "error",
  deleting: "default",
  removed: "default",
};

export function CodeState({ state }: { state: LiveCodeState }) {
  const t = useText(words);
  return <Tag color={COLOURS[state]}>{t[state]}</Tag>;
}
