import { Tooltip } from "antd";
import { defineMessages, useText } from "../i18n/messages.ts";

const words = defineMessages({
  zh: {
    unconnected: "未接入",
    unknowable: "不可得",
    unconnectedWhy: "还没有接入能给出这个数字的来源。",
    unknowableWhy: "企业微信不提供这个信息，因此不显示数字。",
  },
  en: {
    unconnected: "Not connected",
    unknowable: "Not available",
    unconnectedWhy: "No source that could give this figure is connected yet.",
    unknowableWhy: "WeCom does not tell this, so no figure is shown.",
  },
});

/** Stands where a figure would, when nothing can be known: never a zero. */
export function SourceLabel({ kind, why }: { kind: "unconnected" | "unknowable"; why?: string }) {
  const t = useText(words);
  return (
    <Tooltip title={why || (kind === "unconnected" ? t.unconnectedWhy : t.unknowableWhy)}>
      <span style={{ color: "var(--ink-faint)", fontSize: 13, cursor: "help" }}>{t[kind]}</span>
    </Tooltip>
  );
}
