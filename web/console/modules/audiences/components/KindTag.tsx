import { useText } from "@kit/i18n/messages.ts";
import { Tag, Tooltip } from "antd";
import { audienceWords, kindOf } from "../words.ts";

const COLOURS = { dynamic: "processing", static: "default", list: "default" } as const;

/** How an audience is kept, explained on hover. */
export function KindTag(audience: { kind: "rule" | "list"; dynamic: boolean }) {
  const t = useText(audienceWords);
  const kind = kindOf(audience);
  return (
    <Tooltip title={t.kindsMean[kind]}>
      <Tag color={COLOURS[kind]} style={{ margin: 0 }}>
        {t.kinds[kind]}
      </Tag>
    </Tooltip>
  );
}
