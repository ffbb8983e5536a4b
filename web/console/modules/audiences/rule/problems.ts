import { Problem } from "@kit/api/problem.ts";
import { type Group, nodeAt } from "./tree.ts";

/** What the server refused, by the name of the node it refused; of the root what has no place. */
export function problemsOf(failure: unknown, asked: Group): Map<string, string> {
  const found = new Map<string, string>();
  if (!(failure instanceof Problem)) return found;
  for (const { field, message } of failure.errors) {
    if (!field.startsWith("rule")) continue;
    const { id } = nodeAt(asked, field);
    found.set(id, [found.get(id), message].filter(Boolean).join(" "));
  }
  return found;
}
