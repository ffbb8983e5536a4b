import type { KnownId } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Tag } from "antd";
import styles from "../../customers/components/Customer.module.css";
import { identityWords, named } from "../words.ts";

const COLOURS = { certain: "success", strong: "processing", weak: "warning" } as const;

/** Ids of a person, and how siyu knows that they are theirs. */
export function Ids({ ids }: { ids: KnownId[] }) {
  const t = useText(identityWords);
  return (
    <dl className={styles.facts}>
      {ids.map((id) => (
        <div key={id.id} style={{ display: "contents" }}>
          <dt>{named(t.kinds, id.kind)}</dt>
          <dd>
            {id.value}{" "}
            <Tag color={COLOURS[id.confidence]} style={{ marginInlineEnd: 4 }}>
              {t.confidence[id.confidence]}
            </Tag>
            <span className={styles.when}>
              {named(t.evidence, id.evidence)} · <Moment at={id.linked_at} />
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
