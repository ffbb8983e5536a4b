import type { LiveCodeWrite } from "@kit/api/types.ts";
import { readChoice, writeChoice } from "@kit/session/choices.ts";
import { BLANK } from "./welcome.ts";

const NAME = "draft.live-code";

/** The unfinished new code on this computer. A draft of an older shape is forgotten. */
export function readDraft(): LiveCodeWrite | null {
  try {
    const found: unknown = JSON.parse(readChoice(NAME) ?? "null");
    return typeof found === "object" && found !== null
      ? { ...BLANK, ...(found as Partial<LiveCodeWrite>) }
      : null;
  } catch {
    return null;
  }
}

export function writeDraft(draft: LiveCodeWrite | null): void {
  writeChoice(NAME, JSON.stringify(draft));
}
