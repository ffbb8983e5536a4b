import type { Audience, AudienceUse } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { numberOf } from "@kit/desk/list/numbers.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tag } from "antd";
import { useSearchParams } from "react-router";
import { useUses } from "../hooks/useUses.ts";
import styles from "./Audiences.module.css";
import { detailWords } from "./detailWords.ts";
import { UseDrawer, useExcluded } from "./UseDrawer.tsx";
import { UsedByList } from "./UsedBy.tsx";

const words = defineMessages({
  zh: {
    purpose: "用途",
    version: "版本",
    people: "人数",
    excluded: "排除",
    at: "时间",
    by: "谁",
    hidden: "仅全部可见范围",
    none: "还没有用过",
  },
  en: {
    purpose: "For",
    version: "Version",
    people: "People",
    excluded: "Left out",
    at: "When",
    by: "By",
    hidden: "For the full scope only",
    none: "Not used yet",
  },
});

/** What the audience was used for, and who was left out then; a row opens whom it reached. */
export function UsesTab({ audience }: { audience: Audience }) {
  const t = useText(words);
  const detail = useText(detailWords);
  const excluded = useExcluded();
  const [address, setAddress] = useSearchParams();
  const pages = useUses(audience.id);
  const open = numberOf(address.get("use") ?? undefined);
  const show = (id?: number) =>
    setAddress({ tab: "uses", ...(id && { use: String(id) }) }, { replace: true });
  return (
    <div style={{ display: "grid", gap: 16 }}>
      {audience.used_by.length > 0 && (
        <div>
          <strong>{detail.standingTitle}</strong>
          <UsedByList audienceId={audience.id} standing={audience.used_by} />
        </div>
      )}
      <ListTable<AudienceUse>
        pages={pages}
        rowKey={(use) => use.id}
        onOpen={(use) => show(use.id)}
        empty={<EmptyState title={t.none}>{detail.noUses}</EmptyState>}
        columns={[
          {
            title: t.purpose,
            render: (_, one) => (
              <>
                {detail.useKinds[one.kind] ?? one.purpose}{" "}
                {one.marketing && <Tag>{detail.marketing}</Tag>}
                {!one.ended_at && <Tag color="processing">{detail.running}</Tag>}
              </>
            ),
          },
          { title: t.version, render: (_, one) => detail.version(one.version) },
          {
            title: t.people,
            align: "right",
            render: (_, one) =>
              one.size === null ? (
                <span className={styles.note}>{t.hidden}</span>
              ) : (
                formatCount(one.size)
              ),
          },
          { title: t.excluded, render: (_, one) => excluded(one.excluded) },
          { title: t.by, render: (_, one) => one.by?.name ?? "—" },
          { title: t.at, render: (_, one) => <Moment at={one.at} /> },
        ]}
      />
      {open !== undefined && <UseDrawer id={open} onClose={() => show()} />}
    </div>
  );
}
