import type { TrailNames } from "../api/types.ts";
import { formatDuration, formatMoney } from "../format/numbers.ts";
import type { Language } from "../i18n/language.ts";
import { type ActWords, actWords } from "./words.ts";

/** A fact as the server tells it: Chinese sentences, and what they were made of. */
export type Act = {
  type: string;
  title: string;
  detail?: string | null;
  names?: TrailNames;
  properties: Record<string, unknown>;
};

function word(table: Record<string, string>, key: unknown): string | undefined {
  return typeof key === "string" ? table[key] : undefined;
}

/** What an act is called, in the language on screen; one nobody has worded says it in Chinese. */
export function titleOf(act: Act, language: Language): string {
  const { titles, lostBy } = actWords[language];
  if (act.type === "contact.lost") return word(lostBy, act.properties.by) ?? lostBy.unknown;
  return word(titles, act.type) ?? act.title;
}

function readingOf({ type, properties }: Act, t: ActWords, language: Language): string[] {
  if (type === "material.read") {
    const seconds = formatDuration(Number(properties.seconds), language);
    return [t.read(seconds, Number(properties.depth))];
  }
  return properties.forwarded === true ? [t.forwarded] : [];
}

function moneyOf({ properties }: Act): string[] {
  const fen = properties.amount_fen ?? properties.refund_fen;
  return typeof fen === "number" ? [formatMoney(fen)] : [];
}

function sensitivityOf({ type, properties }: Act, t: ActWords): (string | undefined)[] {
  if (type !== "sensitivity.changed") return [];
  return [word(t.heardIn, properties.source), word(t.sensitivity, properties.state)];
}

/** What an act was about; the server's own words where it told no names. */
export function detailOf(act: Act, language: Language): string | null {
  const { names, properties } = act;
  if (!names) return act.detail ?? null;
  const t = actWords[language];
  const parts = [
    names.material && t.material(names.material),
    names.tag && t.tag(names.tag),
    names.group && t.group(names.group),
    names.stage,
    names.fields,
    names.tag && word(t.tagSources, properties.source),
    ...moneyOf(act),
    ...readingOf(act, t, language),
    ...sensitivityOf(act, t),
    act.type === "welcome.given_up" && word(t.welcomeReasons, properties.reason),
    names.channel && t.channel(names.channel),
    names.live_code && t.liveCode(names.live_code),
  ];
  return parts.filter(Boolean).join(" · ") || null;
}
