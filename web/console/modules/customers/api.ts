import { api, done, take } from "@kit/api/client.ts";
import type { components } from "@kit/api/schema.gen.ts";
import { sought } from "@kit/api/sought.ts";
import type { Audience, Customer, Page, TimelineEntry } from "@kit/api/types.ts";
import { numberOf } from "@kit/desk/list/numbers.ts";

type Shapes = components["schemas"];
export type CustomerPage = Shapes["CustomerPage"];
export type KeptView = Shapes["KeptView"];
export type ViewDraft = Shapes["ViewDraft"];
export type Rule = NonNullable<KeptView["rule"]>;
export type Selection = Shapes["SelectionView"];
export type SelectionDraft = Shapes["SelectionDraft"];
export type Act = Shapes["ActDraft"]["act"];
export type ActStarted = Shapes["ActStarted"];

export const CUSTOMER_FILTERS = [
  "q",
  "customer",
  "tag",
  "staff",
  "channel",
  "live_code",
  "state",
  "imported",
  "rule",
] as const;
/** What the list can be sorted by, other than by who was added last; the most or latest first. */
export const ORDERS = ["amount", "orders", "last_paid"] as const;
export type Order = (typeof ORDERS)[number];
/** What of the list is in the address. */
export const LIST_ADDRESS = [...CUSTOMER_FILTERS, "order"] as const;
export const CUSTOMER_STATES = ["active", "lost", "none"] as const;
export type CustomerState = (typeof CUSTOMER_STATES)[number];
export type InAddress = Partial<Record<(typeof LIST_ADDRESS)[number], string>>;

export type CustomerFilters = {
  q?: string;
  /** One customer, such as whom a phone number led to; 0 is nobody. */
  customer?: number;
  tag?: number[];
  staff?: number;
  channel?: number;
  live_code?: number;
  /** `none`: who never was anybody's contact. */
  state?: CustomerState;
  /** The people of an import, also those without a friendship. */
  imported?: number;
  /** A rule of audiences, as JSON. */
  rule?: string;
};

/** A rule as the address has it; null when it cannot be read. */
export function ruleIn(text: string | undefined): Rule | null {
  if (!text) return null;
  try {
    return JSON.parse(text) as Rule;
  } catch {
    return null;
  }
}

/** The conditions of a rule that all have to hold: each can be told and taken away by itself. */
export function partsOf(rule: Rule): Rule[] {
  return rule.kind === "all" ? (rule.items as Rule[]) : [rule];
}

/** A rule without one of its parts, as the address has it; empty where nothing is left. */
export function withoutPart(rule: Rule, index: number): string {
  const items = partsOf(rule).toSpliced(index, 1);
  return items.length > 0 ? JSON.stringify({ kind: "all", items }) : "";
}

/** Filters as the address has them, without what no customer could match. */
export function filtersOf(values: InAddress): CustomerFilters {
  const tag = numberOf(values.tag);
  return {
    q: values.q,
    customer: values.customer === "0" ? 0 : numberOf(values.customer),
    tag: tag === undefined ? undefined : [tag],
    staff: numberOf(values.staff),
    channel: numberOf(values.channel),
    live_code: numberOf(values.live_code),
    state: CUSTOMER_STATES.find((one) => one === values.state),
    imported: numberOf(values.imported),
    rule: ruleIn(values.rule) ? values.rule : undefined,
  };
}

export function orderOf({ order }: InAddress): Order | undefined {
  return ORDERS.find((one) => one === order);
}

export function listCustomers(
  query: CustomerFilters & { order?: Order; cursor?: string; limit?: number },
): Promise<CustomerPage> {
  return take(api.GET("/api/customers", { params: { query } }));
}

/** The customers some words find, contacts first; whom nobody ever befriended as well. */
export async function findCustomers(words: string, limit: number): Promise<CustomerPage["items"]> {
  const asked = { ...(await sought(words)), limit };
  const [friends, strangers] = await Promise.all([
    listCustomers(asked),
    listCustomers({ ...asked, state: "none" }),
  ]);
  return [...friends.items, ...strangers.items].slice(0, limit);
}

/** How many there are; the first page says so itself unless nothing was asked of the engine. */
export async function countCustomers(query: CustomerFilters): Promise<number> {
  return (await take(api.GET("/api/customers/count", { params: { query } }))).total;
}

/** Whether the filters say what no audience can: one person, or people nobody ever befriended. */
export function beyondAudiences(wanted: CustomerFilters): boolean {
  return wanted.customer !== undefined || mayHoldStrangers(wanted);
}

/** Whether the list may hold people whom nobody ever befriended; no audience can. */
export function mayHoldStrangers({ state, imported }: CustomerFilters): boolean {
  return state === "none" || imported !== undefined;
}

/** Who fits but is left out as nobody's contact; nothing where that was asked, or cannot be. */
export function leftOutOf(wanted: CustomerFilters): CustomerFilters | undefined {
  const { state, imported, staff, channel, live_code } = wanted;
  return [state, imported, staff, channel, live_code].every((one) => one === undefined)
    ? { ...wanted, state: "none" }
    : undefined;
}

/** The filters as one rule, as an audience would have it. */
export function ruleOf({ q, tag, staff, channel, live_code, state, rule }: CustomerFilters): Rule {
  const items: Rule[] = [];
  const friendship = {
    ...(staff && { staff_account_ids: [staff] }),
    ...(channel && { channel_ids: [channel] }),
    ...(live_code && { live_code_ids: [live_code] }),
    ...(state && { states: [state] }),
  };
  if (Object.keys(friendship).length > 0) items.push({ kind: "contact", ...friendship } as Rule);
  if (state === "lost") {
    const living = { kind: "contact", states: ["active"] } as Rule;
    items.push({ kind: "none", items: [living] });
  }
  if (tag) items.push({ kind: "tags", tag_ids: tag, mode: "any", past: true } as Rule);
  if (q) {
    const named = (name: string) => ({ kind: "attribute", name, op: "contains", text: q }) as Rule;
    items.push({ kind: "any", items: [named("name"), named("remark")] });
  }
  const more = ruleIn(rule);
  // Its parts stand beside the others: put in whole, it would be wrapped once more at each saving.
  if (more) items.push(...partsOf(more));
  return { kind: "all", items };
}

export function saveAudience(name: string, rule: Rule): Promise<Audience> {
  return take(api.POST("/api/audiences", { body: { name, rule, dynamic: true } }));
}

export function listViews(): Promise<KeptView[]> {
  return take(api.GET("/api/customer-views"));
}

export function keepView(body: ViewDraft): Promise<KeptView> {
  return take(api.POST("/api/customer-views", { body }));
}

export function changeView({ id, body }: { id: number; body: ViewDraft }): Promise<KeptView> {
  const params = { path: { view_id: id } };
  return take(api.PUT("/api/customer-views/{view_id}", { params, body }));
}

export function removeView(view_id: number): Promise<void> {
  return done(api.DELETE("/api/customer-views/{view_id}", { params: { path: { view_id } } }));
}

/** Keeps who is chosen now, so that what is done with them reaches nobody else. */
export function freeze(body: SelectionDraft): Promise<Selection> {
  return take(api.POST("/api/customer-selections", { body }));
}

/** Does something with everybody in a selection; once, however often it is asked. */
export function beginAct(selection: Selection, act: Act): Promise<ActStarted> {
  const body = { selection_id: selection.id, act, confirmed: selection.people };
  return take(api.POST("/api/customer-acts", { body }));
}

export function readCustomer(customer_id: number): Promise<Customer> {
  return take(api.GET("/api/customers/{customer_id}", { params: { path: { customer_id } } }));
}

export function readTimeline(
  customer_id: number,
  query: { kind?: string; cursor?: string },
): Promise<Page<TimelineEntry>> {
  return take(
    api.GET("/api/customers/{customer_id}/timeline", {
      params: { path: { customer_id }, query },
    }),
  );
}
