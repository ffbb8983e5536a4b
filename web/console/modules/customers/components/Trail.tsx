import { Moment } from "@kit/desk/Moment.tsx";
import { FailedState, LoadingState } from "@kit/desk/states.tsx";
import { detailOf, titleOf } from "@kit/facts/acts.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button, Tag, Timeline } from "antd";
import { useState } from "react";
import { useTimeline } from "../hooks/useCustomers.ts";
import styles from "./Customer.module.css";

const words = defineMessages({
  zh: {
    all: "全部",
    kinds: {
      contact: "好友关系",
      tag: "标签",
      message: "触达",
      content: "阅读",
      order: "订单",
      profile: "资料与阶段",
      audience: "人群",
      identity: "身份",
    },
    none: "还没有这类轨迹",
    staff: (name: string) => `员工 ${name}`,
    more: "更早的",
  },
  en: {
    all: "All",
    kinds: {
      contact: "Contact",
      tag: "Tags",
      message: "Touches",
      content: "Reading",
      order: "Orders",
      profile: "Profile and stage",
      audience: "Audiences",
      identity: "Identities",
    },
    none: "Nothing of this kind yet",
    staff: (name) => `with ${name}`,
    more: "Earlier",
  },
});

type Kind = keyof typeof words.zh.kinds;

/** Which types of facts, or subjects of types, belong to a kind. */
const TYPES: Record<Kind, string> = {
  contact: "contact",
  tag: "tag",
  message: "welcome,material.shared",
  content: "material.viewed,material.read",
  order: "order",
  profile: "customer.changed,stage,consent",
  audience: "audience",
  identity: "customer.created,identity.linked",
};

/** The colour of an entry says what kind of thing happened. */
function colourOf(type: string): string {
  if (type.startsWith("order.")) return "var(--warning)";
  if (type === "contact.lost") return "var(--attention)";
  if (type.startsWith("contact.")) return "var(--good)";
  return "var(--jade)";
}

/** What this person did and what was done for them, newest first. */
export function Trail({ id }: { id: number }) {
  const t = useText(words);
  const language = useLanguage();
  const [kind, setKind] = useState<Kind | undefined>();
  const trail = useTimeline(id, kind && TYPES[kind]);
  return (
    <>
      <div className={styles.filters}>
        <Tag.CheckableTag checked={!kind} onChange={() => setKind(undefined)}>
          {t.all}
        </Tag.CheckableTag>
        {Object.entries(t.kinds).map(([key, label]) => (
          <Tag.CheckableTag
            key={key}
            checked={kind === key}
            onChange={(on) => setKind(on ? (key as Kind) : undefined)}
          >
            {label}
          </Tag.CheckableTag>
        ))}
      </div>
      {!trail.items && trail.error && (
        <FailedState failure={trail.error} onRetry={() => trail.refetch()} />
      )}
      {!trail.items && !trail.error && <LoadingState />}
      {trail.items?.length === 0 && <p style={{ color: "var(--ink-faint)" }}>{t.none}</p>}
      <Timeline
        items={trail.items?.map((entry) => ({
          key: entry.id,
          color: colourOf(entry.type),
          children: (
            <div className={styles.entry}>
              {titleOf(entry, language)}{" "}
              <span className={styles.when}>
                <Moment at={entry.occurred_at} />
              </span>
              <p>
                {[entry.staff && t.staff(entry.staff.name), detailOf(entry, language)]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
          ),
        }))}
      />
      {trail.hasNextPage && (
        <Button
          size="small"
          loading={trail.isFetchingNextPage}
          onClick={() => trail.fetchNextPage()}
        >
          {t.more}
        </Button>
      )}
    </>
  );
}
