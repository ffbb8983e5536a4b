import { type DragEvent, useState } from "react";
import { moved } from "../../rule/tree.ts";
import { useTree } from "./TreeContext.ts";

const FORMAT = "application/x-siyu-condition";

/** A place before something in a group, on which what is dragged can be let go. */
export function useDropPlace(groupId: string, index: number) {
  const { tree, change, dragged, setDragged } = useTree();
  const [over, setOver] = useState(false);
  return {
    over: over && dragged !== null,
    onDragOver(event: DragEvent) {
      if (dragged === null) return;
      event.preventDefault();
      event.stopPropagation();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      if (dragged === null) return;
      event.preventDefault();
      event.stopPropagation();
      setOver(false);
      setDragged(null);
      change(moved(tree, dragged, groupId, index));
    },
  };
}

/** What makes a node something to drag. */
export function useDrag(id: string) {
  const { setDragged } = useTree();
  return {
    draggable: true,
    onDragStart(event: DragEvent) {
      event.stopPropagation();
      event.dataTransfer.setData(FORMAT, id);
      event.dataTransfer.effectAllowed = "move";
      setDragged(id);
    },
    onDragEnd: () => setDragged(null),
  };
}
