import { Reading } from "@kit/desk/states.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { useNarrow } from "@kit/desk/useNarrow.ts";
import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Drawer, Space } from "antd";
import { useMemo } from "react";
import { Headcount } from "../../audiences/components/live/Headcount.tsx";
import { RuleSheet } from "../../audiences/components/RuleSheet.tsx";
import { RuleWorldProvider } from "../../audiences/components/RuleWorld.ts";
import { usePreview } from "../../audiences/hooks/usePreview.ts";
import { useRuleDesk } from "../../audiences/hooks/useRuleDesk.ts";
import { useRuleWorldOf } from "../../audiences/hooks/useRuleWorld.ts";
import { isComplete } from "../../audiences/rule/complete.ts";
import type { Rule as Told } from "../../audiences/rule/language.ts";
import { problemsOf } from "../../audiences/rule/problems.ts";
import { countedOf, leavesOf, ruleOf } from "../../audiences/rule/tree.ts";
import type { Rule } from "../api.ts";
import styles from "./Customer.module.css";
import { listWords } from "./listWords.ts";

type Props = {
  rule: Rule | null;
  onApply: (rule: string) => void;
  onClose: () => void;
};

const EVERYBODY: Told = { kind: "all", items: [] };

/** The builder of audiences, beside the list: what is set there filters the list. */
export function RuleDrawer({ rule, onApply, onClose }: Props) {
  const t = useText(listWords);
  const narrow = useNarrow();
  const desk = useRuleDesk((rule as Told | null) ?? EVERYBODY);
  const counted = useMemo(() => countedOf(desk.tree, isComplete), [desk.tree]);
  const asked = useMemo(() => ruleOf(counted), [counted]);
  const world = useRuleWorldOf([ruleOf(desk.tree)]);
  const preview = usePreview(asked, undefined);
  const problems = useMemo(() => problemsOf(preview.failure, counted), [preview.failure, counted]);
  const leaves = leavesOf(counted).length;
  const unfinished = leavesOf(desk.tree).length - leaves;
  const count = preview.isBehind ? undefined : preview.answer?.count;
  const confirm = useConfirm();

  function leave(): void {
    if (!desk.undo) onClose();
    else
      confirm({ title: t.dropAsk, body: t.dropText, action: t.drop, run: async () => onClose() });
  }

  return (
    <Drawer
      open
      width={narrow ? "100%" : 720}
      title={t.more}
      onClose={leave}
      footer={
        <Space wrap>
          <Button
            type="primary"
            disabled={unfinished > 0 || problems.size > 0}
            onClick={() => {
              onApply(leaves > 0 ? JSON.stringify(asked) : "");
              onClose();
            }}
          >
            {count === undefined ? t.apply : t.applyTo(formatCount(count))}
          </Button>
          <Button onClick={leave}>{t.cancel}</Button>
        </Space>
      }
    >
      <Reading query={world}>
        {(found) => (
          <RuleWorldProvider value={found}>
            <div className={styles.builder}>
              <p>{t.moreText}</p>
              <Headcount
                answer={preview.answer}
                failure={preview.failure}
                isBehind={preview.isBehind}
                unfinished={unfinished}
                onAgain={() => preview.again()}
              />
              <RuleSheet desk={desk} problems={problems} onTemplate={() => undefined} />
            </div>
          </RuleWorldProvider>
        )}
      </Reading>
    </Drawer>
  );
}
