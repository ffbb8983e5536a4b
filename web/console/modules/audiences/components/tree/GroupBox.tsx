import { HolderOutlined } from "@ant-design/icons";
import { useText } from "@kit/i18n/messages.ts";
import { Segmented } from "antd";
import { MODES } from "../../rule/language.ts";
import { type Group, isGroup, withMode } from "../../rule/tree.ts";
import { AddMenu } from "./AddMenu.tsx";
import { ConditionRow } from "./ConditionRow.tsx";
import { NodeActs } from "./NodeActs.tsx";
import styles from "./Tree.module.css";
import { useTree } from "./TreeContext.ts";
import { useDrag, useDropPlace } from "./useDrag.ts";
import { treeWords } from "./words.ts";

const LOOKS = { all: "", any: styles.any, none: styles.none };

type GroupProps = { group: Group; parentId?: string; index?: number };

/** A group: how its items are joined, the items, and a place to add more. */
export function GroupBox({ group, parentId, index = 0 }: GroupProps) {
  const t = useText(treeWords);
  const { tree, change, dragged } = useTree();
  const root = parentId === undefined;
  const drag = useDrag(group.id);
  const before = useDropPlace(parentId ?? group.id, index);
  const end = useDropPlace(group.id, group.items.length);
  const { over: overBefore, ...beforePlace } = before;
  const { over: overEnd, ...endPlace } = end;
  const look = [
    styles.group,
    !root && styles.inner,
    LOOKS[group.mode],
    dragged === group.id && styles.dragged,
    overBefore && !root && styles.before,
  ];
  const nothing = root ? (group.mode === "any" ? t.nothingAny : t.nothing) : t.nothingInner;
  return (
    <section className={look.filter(Boolean).join(" ")} aria-label={t.modes[group.mode]}>
      <div className={styles.groupHead} {...(root ? {} : beforePlace)}>
        {!root && (
          <span className={styles.grip} title={t.grip} aria-hidden="true" {...drag}>
            <HolderOutlined />
          </span>
        )}
        <Segmented
          size="small"
          value={group.mode}
          options={MODES.map((value) => ({ value, label: t.modes[value] }))}
          onChange={(mode) => change(withMode(tree, group.id, mode))}
        />
        <span className={styles.groupHint}>{t.hints[group.mode]}</span>
        {!root && (
          <span className={styles.groupActs}>
            <NodeActs node={group} name={t.modes[group.mode]} />
          </span>
        )}
      </div>
      <div className={styles.items}>
        {group.items.length === 0 && <p className={styles.nothing}>{nothing}</p>}
        {group.items.map((item, at) => (
          <div key={item.id}>
            {at > 0 && <div className={styles.join}>{t.joins[group.mode]}</div>}
            {isGroup(item) ? (
              <GroupBox group={item} parentId={group.id} index={at} />
            ) : (
              <ConditionRow leaf={item} groupId={group.id} index={at} />
            )}
          </div>
        ))}
      </div>
      <div className={`${styles.add} ${overEnd ? styles.before : ""}`} {...endPlace}>
        <AddMenu group={group} root={root} />
      </div>
    </section>
  );
}
