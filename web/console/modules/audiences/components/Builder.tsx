import type { Audience } from "@kit/api/types.ts";
import { Reading } from "@kit/desk/states.tsx";
import { useMemo } from "react";
import type { AudienceDraft } from "../draft.ts";
import { useRuleDesk } from "../hooks/useRuleDesk.ts";
import { useRuleWorldOf } from "../hooks/useRuleWorld.ts";
import { ruleOf } from "../rule/tree.ts";
import { BuilderDesk } from "./BuilderDesk.tsx";
import { RuleWorldProvider } from "./RuleWorld.ts";

export type BuilderProps = {
  audience?: Audience;
  initial: AudienceDraft;
  /** Whether `initial` are changes of an earlier visit. */
  restored: boolean;
  onDiscard: () => void;
};

/** Builds an audience, once it is known what conditions can be about. */
export function Builder(props: BuilderProps) {
  const desk = useRuleDesk(props.initial.rule);
  const rule = useMemo(() => ruleOf(desk.tree), [desk.tree]);
  const world = useRuleWorldOf([rule], props.audience?.id);
  return (
    <Reading query={world}>
      {(found) => (
        <RuleWorldProvider value={found}>
          <BuilderDesk {...props} desk={desk} />
        </RuleWorldProvider>
      )}
    </Reading>
  );
}
