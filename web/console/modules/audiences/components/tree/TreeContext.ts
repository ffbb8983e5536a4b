import type { Has } from "@kit/api/types.ts";
import { createContext, use } from "react";
import type { Group } from "../../rule/tree.ts";

/** What the answer of one person says of a condition. */
export type Mark = {
  holds: boolean;
  /** Whether that speaks for the person: below “none of” it is what does not hold. */
  good: boolean;
  has?: Has;
};

export type TreeDesk = {
  tree: Group;
  /** `about` names what is typed into, so that it is undone as one step. */
  change: (next: Group, about?: string) => void;
  /** The condition whose editor is open. */
  open: string | null;
  setOpen: (id: string | null) => void;
  marks?: ReadonlyMap<string, Mark>;
  /** What the server refused of a condition. */
  problems?: ReadonlyMap<string, string>;
  dragged: string | null;
  setDragged: (id: string | null) => void;
};

const TreeContext = createContext<TreeDesk | null>(null);
export const TreeProvider = TreeContext.Provider;

export function useTree(): TreeDesk {
  const desk = use(TreeContext);
  if (!desk) throw new Error("useTree inside of a rule tree only");
  return desk;
}
