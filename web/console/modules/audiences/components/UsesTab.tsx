import type { Audience, AudienceUse } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tag } from "antd";
import { Link } from "react-router";
import { useUses } from "../hooks/useAudiences.ts";
import styles from "./Audiences.module.css";
import { detailWords } from "./detailWords.ts";

const words = defineMessages({
  zh: { purpose: "用途", version: "版本", people: "人数", excluded: "排除", at: "时间", by: "谁" },
  en: {
    purpose: "For",
    version: "Version",
    people: "People",
    excluded: "Left out",
    at: "When",
    by: "By",
  },
});

/** What stands on the audience now. */
export function Standing({ audience }: { audience: Audience }) {
  const t = useText(detailWords);
  if (audience.used_by.length === 0) return null;
  return (
    <div className={styles.uses}>
      <strong>{t.standingTitle}</strong>
      {audience.used_by.map((one) => (
        <span key={`${one.kind} ${one.id}`}>
          {one.kind === "audience" ? (
            <Link to={`/people/audiences/${one.id}`}>{t.audienceUse(one.name)}</Link>
          ) : (
            one.name
          )}
        </span>
      ))}
    </div>
  );
}

/** What the audience was used for, and who was left out then. */
export function UsesTab({ audience }: { audience: Audience }) {
  const t = useText(words);
  const detail = useText(detailWords);
  const pages = useUses(audience.id);
  return (
    <div style={{ display: "grid", gap: 16 }}>
      <Standing audience={audience} />
      <ListTable<AudienceUse>
        pages={pages}
        rowKey={(use) => use.id}
        empty={<p style={{ padding: 16, color: "var(--ink-faint)" }}>{detail.noUses}</p>}
        columns={[
          {
            title: t.purpose,
            render: (_, one) => (
              <>
                {one.purpose} {one.marketing && <Tag>{detail.marketing}</Tag>}
                {!one.ended_at && <Tag color="processing">{detail.running}</Tag>}
              </>
            ),
          },
          { title: t.version, render: (_, one) => detail.version(one.version) },
          { title: t.people, align: "right", render: (_, one) => formatCount(one.size) },
          {
            title: t.excluded,
            render: (_, one) =>
              Object.entries(one.excluded)
                .map(([why, count]) => `${detail.reasons[why] ?? why} ${formatCount(count)}`)
                .join("、") || "—",
          },
          { title: t.by, render: (_, one) => one.by?.name ?? "—" },
          { title: t.at, render: (_, one) => <Moment at={one.at} /> },
        ]}
      />
    </div>
  );
}
