import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Link } from "react-router";
import { MAY } from "../../../permissions.ts";
import { useRuleWorldOf } from "../../audiences/hooks/useRuleWorld.ts";
import type { Rule } from "../../audiences/rule/language.ts";
import { sentenceOf } from "../../audiences/rule/sentence.ts";
import { partsOf, ruleOf } from "../../customers/api.ts";
import { customerWords } from "../../customers/words.ts";
import type { Export } from "../api.ts";
import { useImportName } from "../hooks.ts";

const words = defineMessages({
  zh: {
    all: "全部客户",
    audience: (name: string) => `人群「${name}」`,
    ticked: "客户列表里勾选的客户",
    filtered: "客户列表里筛选出的客户",
    file: (name: string) => `导入文件「${name}」里的客户`,
  },
  en: {
    all: "All customers",
    audience: (name) => `Audience “${name}”`,
    ticked: "Customers ticked in the list",
    filtered: "Customers found by filters of the list",
    file: (name) => `Customers of the file “${name}”`,
  },
});

type About = Export["about"];
type Filters = NonNullable<About["filters"]>;

/** Filters of the customer list in words. */
function Filtered({ filters }: { filters: Filters }) {
  const t = useText(words);
  const { states } = useText(customerWords);
  const file = useImportName(filters.imported ?? undefined);
  const { tag, staff, channel, live_code, state, q, rule } = filters;
  const stranger = state === "none";
  const asked = ruleOf({
    q: q || undefined,
    tag: tag?.length ? tag.map(Number) : undefined,
    staff: staff ?? undefined,
    channel: channel ?? undefined,
    live_code: live_code ?? undefined,
    state: state === "active" || state === "lost" ? state : undefined,
    rule: rule ?? undefined,
  }) as Rule;
  const world = useRuleWorldOf([asked]).data;
  const parts = partsOf(asked as Parameters<typeof partsOf>[0]) as Rule[];
  const told = [
    filters.imported && t.file(file ?? String(filters.imported)),
    stranger && states.none,
    ...(world ? parts.map((part) => sentenceOf(part, world.names, world.language)) : []),
  ].filter(Boolean);
  return told.length > 0 ? told.join("；") : t.filtered;
}

/** Whom an export is about. */
export function Whom({ about }: { about: About }) {
  const t = useText(words);
  const mayRead = useMay()(MAY.readAudiences);
  const { audience, chosen, filters } = about;
  if (audience) {
    const name = t.audience(audience.name);
    return mayRead ? <Link to={`/people/audiences/${audience.id}`}>{name}</Link> : name;
  }
  if (!chosen) return t.all;
  if (!filters) return t.ticked;
  return mayRead ? <Filtered filters={filters} /> : t.filtered;
}
