import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Statistic } from "antd";
import type { Import } from "../api.ts";
import { exchangeWords } from "../words.ts";

/** Rows of a file by what became, or would become, of them. */
export function Counts({ counts }: { counts: NonNullable<Import["counts"]> }) {
  const names = useText(exchangeWords);
  const figures = [
    { title: names.rows, value: counts.rows },
    { title: names.fates.new, value: counts.new },
    { title: names.fates.known, value: counts.known },
    { title: names.fates.repeated, value: counts.repeated },
    { title: names.fates.conflicting, value: counts.conflicting },
    { title: names.fates.bad, value: counts.bad },
  ];
  return (
    <div style={{ display: "flex", flexWrap: "wrap", gap: 32 }}>
      {figures.map(({ title, value }) => (
        <Statistic key={title} title={title} value={formatCount(value ?? 0)} />
      ))}
    </div>
  );
}
