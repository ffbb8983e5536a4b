import {
  CheckCircleFilled,
  CloseCircleFilled,
  HolderOutlined,
  UpOutlined,
} from "@ant-design/icons";
import { useText } from "@kit/i18n/messages.ts";
import { Button } from "antd";
import { isComplete } from "../../rule/complete.ts";
import { type Leaf, withCondition } from "../../rule/tree.ts";
import { ConditionEditor } from "../editors/ConditionEditor.tsx";
import { useHas, useSentence } from "../RuleWorld.ts";
import { iconOf } from "./kinds.tsx";
import { NodeActs } from "./NodeActs.tsx";
import styles from "./Tree.module.css";
import { useTree } from "./TreeContext.ts";
import { useDrag, useDropPlace } from "./useDrag.ts";
import { treeWords } from "./words.ts";

type RowProps = { leaf: Leaf; groupId: string; index: number };

/** A condition as a sentence; opened, its editor stands below. */
export function ConditionRow({ leaf, groupId, index }: RowProps) {
  const t = useText(treeWords);
  const say = useSentence();
  const sayHas = useHas();
  const { tree, change, open, setOpen, marks, problems, dragged } = useTree();
  const drag = useDrag(leaf.id);
  const { over, ...place } = useDropPlace(groupId, index);
  const { condition } = leaf;
  const opened = open === leaf.id;
  const finished = isComplete(condition);
  const mark = marks?.get(leaf.id);
  const problem = problems?.get(leaf.id);
  const Icon = iconOf(condition);
  const sentence = say(condition);
  const because = sayHas(mark?.has, condition);
  const look = [
    styles.row,
    opened && styles.open,
    !finished && !opened && styles.unfinished,
    problem && styles.wrong,
    dragged === leaf.id && styles.dragged,
    over && styles.before,
  ];
  return (
    <div className={look.filter(Boolean).join(" ")} {...place}>
      <div className={styles.line}>
        <span className={styles.grip} title={t.grip} aria-hidden="true" {...drag}>
          <HolderOutlined />
        </span>
        <span className={styles.icon}>
          <Icon />
        </span>
        <button
          type="button"
          className={styles.sentence}
          aria-expanded={opened}
          onClick={() => setOpen(opened ? null : leaf.id)}
        >
          {sentence}
          {!finished && <span className={styles.missing}>（{t.unfinished}）</span>}
        </button>
        <span className={styles.acts}>
          {opened && (
            <Button
              type="text"
              size="small"
              icon={<UpOutlined />}
              aria-label={t.done}
              onClick={() => setOpen(null)}
            />
          )}
          <NodeActs node={leaf} name={sentence} />
        </span>
      </div>
      {mark && (
        <div className={styles.why}>
          <span className={mark.good ? styles.holds : styles.fails}>
            {mark.holds ? <CheckCircleFilled /> : <CloseCircleFilled />}{" "}
            {mark.holds ? t.holds : t.fails}
          </span>
          {because && <span>{because}</span>}
        </div>
      )}
      {problem && (
        <div className={styles.problem} role="alert">
          {problem}
        </div>
      )}
      {opened && (
        <div className={styles.editor}>
          <ConditionEditor
            condition={condition}
            onChange={(next) => change(withCondition(tree, leaf.id, next), leaf.id)}
          />
        </div>
      )}
    </div>
  );
}
