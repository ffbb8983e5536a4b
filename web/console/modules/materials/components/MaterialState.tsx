import { useText } from "@kit/i18n/messages.ts";
import { Tag } from "antd";
import { materialWords } from "../words.ts";

const COLOURS: Record<string, string> = {
  draft: "default",
  published: "success",
  archived: "warning",
};

export function MaterialStateTag({ state }: { state: string }) {
  const { states } = useText(materialWords);
  return <Tag color={COLOURS[state]}>{states[state] ?? state}</Tag>;
}
