/** What changed between two versions of a rule, condition by condition. */

import { isRuleGroup, type Rule } from "./language.ts";

export type Differences = { added: Rule[]; removed: Rule[]; regrouped: boolean };

function leaves(rule: Rule): Rule[] {
  return isRuleGroup(rule) ? rule.items.flatMap(leaves) : [rule];
}

/** The same text for the same condition, in whatever order it was written and with defaults left out. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(
          Object.entries(one)
            .filter(([, held]) => held !== null)
            .toSorted(([a], [b]) => a.localeCompare(b)),
        )
      : one,
  );
}

function minus(from: Rule[], taken: Rule[]): Rule[] {
  const left = taken.map(text);
  return from.filter((rule) => {
    const at = left.indexOf(text(rule));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

export function differencesOf(before: Rule, after: Rule): Differences {
  const [old, now] = [leaves(before), leaves(after)];
  const added = minus(now, old);
  const removed = minus(old, now);
  const same = text(before) === text(after);
  return { added, removed, regrouped: !same && added.length === 0 && removed.length === 0 };
}
