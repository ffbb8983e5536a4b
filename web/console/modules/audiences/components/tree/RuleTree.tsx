import { useState } from "react";
import type { Group } from "../../rule/tree.ts";
import { GroupBox } from "./GroupBox.tsx";
import { type Mark, TreeProvider } from "./TreeContext.ts";

type RuleTreeProps = {
  tree: Group;
  onChange: (next: Group, about?: string) => void;
  marks?: ReadonlyMap<string, Mark>;
  problems?: ReadonlyMap<string, string>;
};

/** The rule as a tree of sentences, each of which opens to be edited. */
export function RuleTree({ tree, onChange, marks, problems }: RuleTreeProps) {
  const [open, setOpen] = useState<string | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  return (
    <TreeProvider
      value={{
        tree,
        change: onChange,
        open,
        setOpen,
        marks,
        problems,
        dragged,
        setDragged,
      }}
    >
      <GroupBox group={tree} />
    </TreeProvider>
  );
}
