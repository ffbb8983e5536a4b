import { SourceLabel } from "@kit/desk/SourceLabel.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";

const words = defineMessages({
  zh: { why: "还没有接入订单。" },
  en: { why: "No orders are connected yet." },
});

/** What a customer bought; not known while no shop is connected. */
export function Bought({ value, show }: { value: number | null; show: (value: number) => string }) {
  const t = useText(words);
  return value === null ? <SourceLabel kind="unconnected" why={t.why} /> : show(value);
}
