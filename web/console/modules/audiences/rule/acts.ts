/** What people do, in the language on screen. The server names all of it in Chinese. */

import { actWords } from "@kit/facts/words.ts";
import type { Language } from "@kit/i18n/language.ts";
import { type ActInfo, type PropertyInfo, THINGS } from "./names.ts";

const TITLES: Record<string, string> = {
  "contact.lost": "No longer a contact",
  "link.clicked": "Clicked a link",
  "stage.changed": "Changed stage",
  "consent.given": "Changed consent",
  "sensitivity.changed": "Found sensitive to marketing",
  "experiment.assigned": "Assigned to an experiment",
};

const PROPERTIES: Record<string, string> = {
  channel_id: "channel",
  live_code_id: "live code",
  material_id: "article",
  tag_id: "tag",
  stage_id: "stage",
  before_id: "stage before",
  group_id: "group",
  source_id: "source",
  first: "for the first time",
  observed: "told by a callback",
  add_way: "way of adding",
  by: "ended by",
  age_seconds: "length of the contact (s)",
  forwarded: "forwarded",
  anonymous: "read before signing in",
  seconds: "seconds",
  depth: "read down to (%)",
  name: "name",
  page: "page",
  properties: "reported property",
  amount_fen: "amount",
  refund_fen: "refund",
  method: "matched by",
  scene: "way of joining",
  stayed_seconds: "time in the group (s)",
  kind: "kind",
  reason: "reason",
  source: "source",
  state: "result",
  experiment: "experiment",
  arm: "arm",
};

const CHOICES: Record<string, string> = {
  live_code: "live code",
  wecom: "WeCom",
  external_member_id: "member id",
  held_out: "held out",
};

type Titled = { value: string; title: string };
type Served = Omit<ActInfo, "properties"> & {
  properties: readonly (Omit<PropertyInfo, "choices" | "things"> & {
    choices?: readonly Titled[];
    things?: string | null;
  })[];
};

/** An act in the language on screen; what nobody has worded keeps its Chinese name. */
export function actIn(language: Language, act: Served): ActInfo {
  const english = language === "en";
  return {
    type: act.type,
    title: (english && TITLES[act.type]) || actWords[language].titles[act.type] || act.title,
    properties: act.properties.map((one) => ({
      ...one,
      title: (english && PROPERTIES[one.name]) || one.title,
      things: THINGS.find((kind) => kind === one.things),
      choices: (one.choices ?? []).map(({ value, title }) => ({
        value,
        name: english ? (CHOICES[value] ?? value) : title,
      })),
    })),
  };
}
