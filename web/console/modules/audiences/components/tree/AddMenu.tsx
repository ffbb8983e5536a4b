import { PlusOutlined } from "@ant-design/icons";
import { focusOnceShown } from "@kit/desk/focusOnceShown.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Input, Popover, Tooltip } from "antd";
import { useState } from "react";
import { type BlankKey, blankAttribute, blankField, blankOf } from "../../rule/blank.ts";
import { type Condition, MAX_CONDITIONS, MAX_DEPTH } from "../../rule/language.ts";
import { depthOf, type Group, groupOf, leafOf, leavesOf, withAdded } from "../../rule/tree.ts";
import { useRuleWorld } from "../RuleWorld.ts";
import { iconOf } from "./kinds.tsx";
import styles from "./Tree.module.css";
import { useTree } from "./TreeContext.ts";
import { treeWords } from "./words.ts";

const PLAIN: BlankKey[] = ["tags", "contact", "behaviour", "didNot", "rfm", "groups", "audience"];

type Offer = { key: string; label: string; condition: Condition };

/** All kinds of conditions, in sections, as far as their names have what is typed. */
function useOffers(typed: string): { title: string; offers: Offer[] }[] {
  const t = useText(treeWords);
  const { attributes, fields } = useRuleWorld();
  const wanted = typed.trim().toLowerCase();
  const sections = [
    {
      title: "",
      offers: PLAIN.map((key) => ({ key, label: t.kinds[key], condition: blankOf(key) })),
    },
    {
      title: t.kinds.basics,
      offers: attributes.map((one) => ({
        key: `attribute ${one.name}`,
        label: one.title,
        condition: blankAttribute(one),
      })),
    },
    {
      title: t.kinds.fields,
      offers: fields.map((one) => ({
        key: `field ${one.id}`,
        label: one.name,
        condition: blankField(one),
      })),
    },
  ];
  return sections
    .map(({ title, offers }) => ({
      title,
      offers: offers.filter(({ label }) => label.toLowerCase().includes(wanted)),
    }))
    .filter(({ offers }) => offers.length > 0);
}

function Offers({ onChoose }: { onChoose: (condition: Condition) => void }) {
  const t = useText(treeWords);
  const [typed, setTyped] = useState("");
  const sections = useOffers(typed);
  const first = sections[0]?.offers[0];
  return (
    <div className={styles.offers}>
      <Input
        ref={focusOnceShown}
        size="small"
        placeholder={t.find}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={(event) => {
          if (first && !event.nativeEvent.isComposing) onChoose(first.condition);
        }}
      />
      <div className={styles.sections}>
        {sections.length === 0 && <p className={styles.groupHint}>{t.notFound}</p>}
        {sections.map(({ title, offers }) => (
          <section key={title}>
            {title && <h4 className={styles.sectionTitle}>{title}</h4>}
            <div className={styles.offerGrid}>
              {offers.map(({ key, label, condition }) => {
                const Icon = iconOf(condition);
                return (
                  <button
                    key={key}
                    type="button"
                    className={styles.offer}
                    onClick={() => onChoose(structuredClone(condition))}
                  >
                    <Icon aria-hidden /> {label}
                  </button>
                );
              })}
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}

/** Where there is no room below and to the right, it moves until it is seen as a whole. */
const INSIDE = { overflow: { adjustY: true, shiftX: true, shiftY: true } };

/** Adds a condition of any kind, or a group. */
export function AddMenu({ group, root }: { group: Group; root: boolean }) {
  const t = useText(treeWords);
  const { tree, change, setOpen } = useTree();
  const [offering, setOffering] = useState(false);
  const full = leavesOf(tree).length >= MAX_CONDITIONS;
  const deep = depthOf(tree) >= MAX_DEPTH;

  function add(condition: Condition): void {
    const leaf = leafOf(condition);
    change(withAdded(tree, group.id, leaf));
    setOpen(leaf.id);
    setOffering(false);
  }

  return (
    <>
      <Tooltip title={full ? t.tooMany : undefined}>
        <Popover
          trigger="click"
          placement="bottomLeft"
          arrow={false}
          align={INSIDE}
          destroyOnHidden
          open={offering && !full}
          onOpenChange={setOffering}
          content={<Offers onChoose={add} />}
        >
          <Button
            size="small"
            type={root ? "default" : "text"}
            icon={<PlusOutlined />}
            disabled={full}
          >
            {t.add}
          </Button>
        </Popover>
      </Tooltip>
      <Tooltip title={deep ? t.tooDeep : undefined}>
        <Button
          size="small"
          type="text"
          disabled={deep}
          icon={<PlusOutlined />}
          onClick={() =>
            change(withAdded(tree, group.id, groupOf(group.mode === "any" ? "all" : "any")))
          }
        >
          {t.addGroup}
        </Button>
      </Tooltip>
    </>
  );
}
