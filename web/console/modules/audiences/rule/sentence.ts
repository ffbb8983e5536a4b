/** A rule in words, as one would say it. */

import { formatCount, formatMoney } from "@kit/format/numbers.ts";
import type { Language } from "@kit/i18n/language.ts";
import {
  type AttributeCondition,
  type BehaviourCondition,
  type Comparison,
  type Condition,
  type FieldCondition,
  type FriendshipCondition,
  type GroupsCondition,
  isRuleGroup,
  type RfmCondition,
  type Rule,
  type RuleGroup,
  type TagsCondition,
  type Where,
} from "./language.ts";
import { type ActInfo, type Choice, type Names, propertyOf, type Thing } from "./names.ts";
import { isSpanSet, momentOf, periodOf } from "./spans.ts";
import { type RuleWords, ruleWords } from "./words.ts";

/** Whoever tells a rule: in which language, and what things are called. */
type Teller = { t: RuleWords; language: Language; names: Names };

function quoted({ t, names }: Teller, kind: Thing, id: number): string {
  return t.quote(names.thing(kind, id) ?? t.unknown(String(id)));
}

function quotedAll(teller: Teller, kind: Thing, ids: readonly number[], join: string): string {
  return ids.map((id) => quoted(teller, kind, id)).join(join);
}

function choiceNames(
  values: readonly (string | number)[],
  choices: readonly Choice[] | undefined,
  t: RuleWords,
): string {
  return values
    .map((value) => choices?.find((one) => one.value === String(value))?.name ?? String(value))
    .map(t.quote)
    .join(t.orShort);
}

function compared(what: string, op: string, value: string, t: RuleWords): string {
  return t.compared(what, t.comparisons[op as Comparison] ?? op, value);
}

function worded(what: string, op: string, text: string, t: RuleWords): string {
  const say = { contains: t.contains, starts: t.starts, ne: t.textIsNot }[op] ?? t.textIs;
  return say(what, text);
}

function attribute(condition: AttributeCondition, teller: Teller): string {
  const { t, names } = teller;
  const info = names.attribute(condition.name);
  const what = info?.title ?? condition.name;
  const { op, number, text, values, span } = condition;
  if (op === "empty") return t.empty(what);
  if (op === "present") return t.present(what);
  if (op === "within") return t.at(what, isSpanSet(span) ? momentOf(span, t) : `${t.colon}…`);
  if (values?.length) {
    const say = op === "not_in" ? t.isNoneOf : t.isOneOf;
    const told = info?.things
      ? quotedAll(teller, info.things, values.map(Number), t.orShort)
      : choiceNames(values, info?.choices, t);
    return say(what, told);
  }
  if (number !== null && number !== undefined) {
    if (info?.kind === "flag") return t.flag(what, number === 1 ? t.yes : t.no);
    const value = info?.kind === "money" ? formatMoney(number) : formatCount(number);
    return compared(what, op, value, t);
  }
  return worded(what, op, text ?? "…", t);
}

function days({ since, until }: FieldCondition, t: RuleWords): string {
  if (since && until) return t.dayFromTo(since, until);
  if (since) return t.dayFrom(since);
  return until ? t.dayTo(until) : t.anytime;
}

function field(condition: FieldCondition, { t, names }: Teller): string {
  const info = names.field(condition.field_id);
  const what = info?.name ?? t.unknown(String(condition.field_id));
  const { op, number, text, choices } = condition;
  if (op === "empty") return t.empty(what);
  if (op === "present") return t.present(what);
  if (op === "anniversary") {
    return condition.days
      ? t.anniversary(what, formatCount(condition.days))
      : t.anniversaryToday(what);
  }
  if (op === "within") return t.at(what, days(condition, t));
  if (choices?.length) {
    const options = info?.options.map(({ id, name }) => ({ value: String(id), name }));
    const say = op === "not_in" ? t.isNoneOf : t.isOneOf;
    return say(what, choiceNames(choices, options, t));
  }
  if (number === null || number === undefined) return worded(what, op, text ?? "…", t);
  if (info?.kind !== "flag") return compared(what, op, String(number), t);
  return t.flag(what, number === 1 ? t.yes : t.no);
}

/** Tags in WeCom's own meaning: any within a group, all across groups. */
function byGroup(condition: TagsCondition, teller: Teller): string {
  const groups = new Map<string | undefined, number[]>();
  for (const id of condition.tag_ids) {
    const group = teller.names.tagGroup(id);
    groups.set(group, [...(groups.get(group) ?? []), id]);
  }
  return [...groups.values()]
    .map((ids) => quotedAll(teller, "tag", ids, teller.t.orShort))
    .join(teller.t.tagAcross);
}

function tags(condition: TagsCondition, teller: Teller): string {
  const { t } = teller;
  const { tag_ids, mode = "wecom", past } = condition;
  const several = tag_ids.length > 1;
  const all = quotedAll(teller, "tag", tag_ids, "") || "…";
  const say = {
    wecom: () => t.tagWecom(byGroup(condition, teller) || "…"),
    any: () => (several ? t.tagAnyOf(all) : t.tagAny(all)),
    all: () => (several ? t.tagAll(all) : t.tagAny(all)),
    none: () => (several ? t.tagNoneOf(all) : t.tagNone(all)),
  }[mode];
  return say() + (past ? t.past : "");
}

function friendship(condition: FriendshipCondition, teller: Teller): string {
  const { t } = teller;
  const { staff_account_ids, channel_ids, live_code_ids, add_ways, states, lost_by } = condition;
  const times = condition.times ?? 1;
  const staff = staff_account_ids?.length
    ? quotedAll(teller, "staff", staff_account_ids, t.orShort)
    : "";
  const state = states?.length ? states.map((one) => t.states[one]).join(t.orShort) : "";
  const only = states?.length === 1 && states[0] === "active";
  const parts = [
    staff && (state && !only ? t.withStaffState(staff, state) : t.withStaff(staff)),
    !staff && state && (only ? t.isFriend : t.state(state)),
    channel_ids?.length && t.fromChannel(quotedAll(teller, "channel", channel_ids, t.orShort)),
    live_code_ids?.length && t.fromCode(quotedAll(teller, "live_code", live_code_ids, t.orShort)),
    add_ways?.length &&
      t.addWay(add_ways.map((way) => t.addWays[way] ?? t.addWayOther(String(way))).join(t.orShort)),
    lost_by?.length && t.lostBy(lost_by.map((one) => t.lostWays[one]).join(t.orShort)),
    isSpanSet(condition.first_added) && t.at(t.firstAdded, momentOf(condition.first_added, t)),
    isSpanSet(condition.added) && t.at(t.added, momentOf(condition.added, t)),
    isSpanSet(condition.lost) && t.at(t.lost, momentOf(condition.lost, t)),
  ].filter(Boolean);
  if (parts.length === 0) return times > 1 ? t.friendTimes(formatCount(times)) : t.friend;
  return t.friendWith(times, parts.join(t.friendJoin));
}

function where(one: Where, act: ActInfo | undefined, teller: Teller): string {
  const { t } = teller;
  const info = propertyOf(act, one.name);
  const member = one.name.split(".").slice(1).join(".");
  const what = member || (info?.title ?? one.name);
  if (one.values?.length) {
    const values = info?.things
      ? quotedAll(teller, info.things, one.values.map(Number), t.orShort)
      : choiceNames(one.values, info?.choices, t);
    return t.isOneOf(what, values);
  }
  if (one.number === null || one.number === undefined) return t.isOneOf(what, "…");
  if (info?.kind === "flag") return t.flag(what, one.number === 1 ? t.yes : t.no);
  const value = info?.kind === "money" ? formatMoney(one.number) : formatCount(one.number);
  return compared(what, one.op, value, t);
}

/** Whether a condition asks for people who did not. */
export function isDidNot({ op = "ge", times = 1 }: BehaviourCondition): boolean {
  return (
    (op === "eq" && times === 0) || (op === "le" && times === 0) || (op === "lt" && times === 1)
  );
}

function behaviour(condition: BehaviourCondition, teller: Teller): string {
  const { t, names } = teller;
  const { op = "ge", times = 1 } = condition;
  const info = names.act(condition.type);
  const act = info?.title ?? condition.type;
  const when = periodOf(condition.within, t);
  const said = isDidNot(condition)
    ? t.didNot(act, when)
    : op === "ge" && times === 1
      ? t.did(act, when)
      : t.didTimes(act, when, t.comparisons[op], formatCount(times));
  const details = (condition.where ?? []).map((one) => where(one, info, teller));
  return details.length ? said + t.open + details.join(t.friendJoin) + t.close : said;
}

/** 4, 5 → 4–5; 1, 3 → 1、3. */
function scores(values: readonly number[], t: RuleWords): string {
  const sorted = values.toSorted((one, other) => one - other);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return "";
  const whole = sorted.length > 1 && last - first === sorted.length - 1;
  return whole ? `${first}–${last}` : sorted.join(t.list);
}

function rfm({ recency, frequency, money }: RfmCondition, { t }: Teller): string {
  const parts = (
    [
      ["R", recency],
      ["F", frequency],
      ["M", money],
    ] as const
  ).flatMap(([letter, values]) => (values?.length ? [t.scores(letter, scores(values, t))] : []));
  return parts.length ? t.rfm(parts.join(t.friendJoin)) : t.rfmAny;
}

function groups({ group_ids, mode }: GroupsCondition, teller: Teller): string {
  const { t } = teller;
  if (!group_ids?.length) return t.inAnyGroup;
  if (mode === "all" && group_ids.length > 1) {
    return t.inAllGroups(quotedAll(teller, "group", group_ids, ""));
  }
  return t.inGroup(quotedAll(teller, "group", group_ids, t.orShort));
}

function condition(one: Condition, teller: Teller): string {
  switch (one.kind) {
    case "attribute":
      return attribute(one, teller);
    case "field":
      return field(one, teller);
    case "tags":
      return tags(one, teller);
    case "contact":
      return friendship(one, teller);
    case "behaviour":
      return behaviour(one, teller);
    case "rfm":
      return rfm(one, teller);
    case "groups":
      return groups(one, teller);
    case "audience":
      return teller.t.inAudience(
        one.audience_id ? quoted(teller, "audience", one.audience_id) : "…",
      );
  }
}

function group(rule: RuleGroup, teller: Teller, top: boolean): string {
  const { t } = teller;
  if (rule.items.length === 0) return rule.kind === "any" ? t.nobody : t.everybody;
  const items = rule.items.map((item) => told(item, teller, false));
  const said =
    rule.kind === "none"
      ? t.none(items.join(t.noneJoin))
      : items.join(rule.kind === "all" ? t.and : t.or);
  const alone = items.length === 1 && rule.kind !== "none";
  return top || alone ? said : t.open + said + t.close;
}

function told(rule: Rule, teller: Teller, top: boolean): string {
  return isRuleGroup(rule) ? group(rule, teller, top) : condition(rule, teller);
}

/** The whole rule, or one condition of it, as a sentence without its full stop. */
export function sentenceOf(rule: Rule, names: Names, language: Language): string {
  return told(rule, { t: ruleWords[language], language, names }, true);
}
