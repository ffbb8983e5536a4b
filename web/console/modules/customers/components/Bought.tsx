import { SourceLabel } from "@kit/desk/SourceLabel.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";

const words = defineMessages({
  zh: { why: "未接入：请在「订单接入」中创建订单来源并推送订单" },
  en: { why: "Not connected: no orders are connected yet" },
});

/** What a customer bought; not known while no shop is connected. */
export function Bought({ value, show }: { value: number | null; show: (value: number) => string }) {
  const t = useText(words);
  return value === null ? <SourceLabel why={t.why} /> : show(value);
}
