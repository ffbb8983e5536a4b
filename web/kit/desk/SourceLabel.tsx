import { Tooltip } from "antd";
import { formatCount } from "../format/numbers.ts";
import { useLanguage } from "../i18n/language.ts";

/** How the sentences on missing figures begin, and what that is called in English. */
const LABELS: Record<string, string> = {
  未接入: "Not connected",
  未录入: "Not entered",
  不可得: "Not available",
};
const ENGLISH = new Set(Object.values(LABELS));
const NONE = { zh: "暂无", en: "None yet" };

/** The word for a missing figure: `未接入：请在…` → 未接入; other reasons mean there is none yet. */
export function labelOf(why: string, language: "zh" | "en"): string {
  const [head = ""] = why.split(/：|: /, 1);
  if (ENGLISH.has(head)) return head;
  const english = LABELS[head];
  if (!english) return NONE[language];
  return language === "zh" ? head : english;
}

/** A count, or why there is none. */
export function Known({ count, why }: { count: number | null; why: string }) {
  return count === null ? <SourceLabel why={why} /> : formatCount(count);
}

/** Stands where a figure would when nothing can be known, and says why: never a zero. */
export function SourceLabel({ why }: { why: string }) {
  const language = useLanguage();
  return (
    <Tooltip title={why}>
      <span style={{ color: "var(--ink-faint)", fontSize: 13, cursor: "help" }}>
        {labelOf(why, language)}
      </span>
    </Tooltip>
  );
}
