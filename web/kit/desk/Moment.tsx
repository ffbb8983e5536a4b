import { Tooltip } from "antd";
import { useMinutes } from "../format/minutes.ts";
import { formatMoment, formatRelative } from "../format/time.ts";
import { useLanguage } from "../i18n/language.ts";

/** A time: near now in words, exact on hover; a dash when there is none. */
export function Moment({ at }: { at: string | null | undefined }) {
  const language = useLanguage();
  useMinutes();
  if (!at) return <span style={{ color: "var(--ink-faint)" }}>—</span>;
  return (
    <Tooltip title={formatMoment(at)}>
      <time dateTime={at} style={{ whiteSpace: "nowrap" }}>
        {formatRelative(at, language)}
      </time>
    </Tooltip>
  );
}
