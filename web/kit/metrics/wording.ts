import { formatMoment } from "../format/time.ts";
import { type Language, useLanguage } from "../i18n/language.ts";
import {
  ENGLISH_METRICS,
  ENGLISH_PARTS,
  ENGLISH_REASONS,
  ENGLISH_SOURCES,
  metricWords,
} from "./words.ts";

type Named = { key: string; name: string };
type Defined = Named & { definition: string };
type Sourced = { key: string; source: string };
type Unknown = { why_unknown: string | null; why_code: string | null };
type Limited = { note: string | null; since: string | null };

/** The words of a figure in one language; whatever has none is said in the server's Chinese. */
export function wordingOf(language: Language) {
  const english = language === "en";
  return {
    name: ({ key, name }: Named) => (english && ENGLISH_METRICS[key]?.name) || name,
    part: ({ key, name }: Named) => (english && ENGLISH_PARTS[key]) || name,
    definition: ({ key, definition }: Defined) =>
      (english && ENGLISH_METRICS[key]?.definition) || definition,
    source: ({ key, source }: Sourced) => (english && ENGLISH_SOURCES[key]) || source,
    /** Why there is no figure; null while there is one. */
    why(unknown: Unknown, key?: string): string | null {
      if (unknown.why_unknown === null) return null;
      if (!english) return unknown.why_unknown;
      if (unknown.why_code === "undefined" && key) {
        return ENGLISH_METRICS[key]?.undefined ?? unknown.why_unknown;
      }
      return ENGLISH_REASONS[unknown.why_code ?? ""] ?? unknown.why_unknown;
    },
    note({ note, since }: Limited): string | null {
      return english && since ? metricWords.en.since(formatMoment(since)) : note;
    },
  };
}

/** The words of figures in the language on screen. */
export function useMetricWording() {
  return wordingOf(useLanguage());
}
