import { useSyncExternalStore } from "react";
import { readChoice, writeChoice } from "../session/choices.ts";
import { applyTokens, type Mode } from "./tokens.ts";

/** What a person may choose; `auto` follows the device. */
export type ModeChoice = Mode | "auto";

const listeners = new Set<() => void>();
const device = globalThis.matchMedia?.("(prefers-color-scheme: dark)");

function choice(): ModeChoice {
  const stored = readChoice("mode");
  return stored === "light" || stored === "dark" ? stored : "auto";
}

function currentMode(): Mode {
  const chosen = choice();
  if (chosen !== "auto") return chosen;
  return device?.matches ? "dark" : "light";
}

function refresh(): void {
  applyTokens(document.documentElement, currentMode());
  for (const listener of listeners) listener();
}

/** Call once before the first paint. */
export function startTheme(): void {
  applyTokens(document.documentElement, currentMode());
  device?.addEventListener("change", refresh);
}

export function chooseMode(next: ModeChoice): void {
  writeChoice("mode", next);
  refresh();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The mode on screen now and what the person chose. */
export function useMode(): { mode: Mode; choice: ModeChoice } {
  const mode = useSyncExternalStore(subscribe, currentMode);
  const chosen = useSyncExternalStore(subscribe, choice);
  return { mode, choice: chosen };
}
