import { ClearOutlined, RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Collapse } from "antd";
import type { useRuleDesk } from "../hooks/useRuleDesk.ts";
import type { Rule } from "../rule/language.ts";
import { groupOf, leavesOf, treeOf } from "../rule/tree.ts";
import styles from "./Builder.module.css";
import { builderWords } from "./builderWords.ts";
import { Templates } from "./Templates.tsx";
import { RuleTree } from "./tree/RuleTree.tsx";
import type { Mark } from "./tree/TreeContext.ts";

type RuleSheetProps = {
  desk: ReturnType<typeof useRuleDesk>;
  marks?: ReadonlyMap<string, Mark>;
  problems: ReadonlyMap<string, string>;
  onTemplate: (name: string) => void;
};

/** The conditions: the tree, its history, and templates to begin with. */
export function RuleSheet({ desk, marks, problems, onTemplate }: RuleSheetProps) {
  const t = useText(builderWords);
  const confirm = useConfirm();
  const { tree, change } = desk;
  const empty = leavesOf(tree).length === 0;
  const ofWhole = problems.get(tree.id);

  function begin(rule: Rule, name: string): void {
    function replace(): void {
      change(treeOf(rule));
      onTemplate(name);
    }
    if (empty) {
      replace();
      return;
    }
    confirm({
      title: t.replace(name),
      body: t.replaceText,
      action: t.replaceOk,
      danger: false,
      run: async () => replace(),
    });
  }

  return (
    <div className={styles.sheet}>
      <div className={styles.head}>
        <h2 className={styles.headTitle}>{t.rule}</h2>
        <div className={styles.tools}>
          <Button
            type="text"
            size="small"
            icon={<UndoOutlined />}
            disabled={!desk.undo}
            onClick={desk.undo}
          >
            {t.undo}
          </Button>
          <Button
            type="text"
            size="small"
            icon={<RedoOutlined />}
            disabled={!desk.redo}
            onClick={desk.redo}
          >
            {t.redo}
          </Button>
          <Button
            type="text"
            size="small"
            icon={<ClearOutlined />}
            disabled={tree.items.length === 0}
            onClick={() => change(groupOf("all"))}
          >
            {t.clear}
          </Button>
        </div>
      </div>
      {ofWhole && (
        <p className={styles.wrong} role="alert">
          {ofWhole}
        </p>
      )}
      <RuleTree tree={tree} onChange={change} marks={marks} problems={problems} />
      <Collapse
        ghost
        key={empty ? "open" : "closed"}
        defaultActiveKey={empty ? "templates" : undefined}
        items={[
          {
            key: "templates",
            label: (
              <>
                {t.templates} <span className={styles.hint}>{t.templatesHint}</span>
              </>
            ),
            children: <Templates onChoose={begin} />,
          },
        ]}
      />
    </div>
  );
}
