import { useSyncExternalStore } from "react";
import { readChoice, writeChoice } from "../session/choices.ts";

export type Language = "zh" | "en";

const listeners = new Set<() => void>();

/** Chinese unless the person switched. */
export function currentLanguage(): Language {
  return readChoice("language") === "en" ? "en" : "zh";
}

export function startLanguage(): void {
  document.documentElement.lang = currentLanguage() === "zh" ? "zh-CN" : "en";
}

export function chooseLanguage(next: Language): void {
  writeChoice("language", next);
  startLanguage();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}
