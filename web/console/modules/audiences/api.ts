import { api, done, take } from "@kit/api/client.ts";
import type {
  Audience,
  AudienceChange,
  AudienceOf,
  AudienceRow,
  AudienceUse,
  AudienceUseDetail,
  AudienceVersion,
  NewAudience,
  Page,
  PeopleNamed,
  SamplePerson,
  SizePoint,
  WhyReached,
} from "@kit/api/types.ts";

export const AUDIENCE_FILTERS = ["q", "kind", "archived"] as const;
export const AUDIENCE_KINDS = ["rule", "list"] as const;

type InAddress = Partial<Record<(typeof AUDIENCE_FILTERS)[number], string>>;

export type AudienceFilters = {
  q?: string;
  kind?: (typeof AUDIENCE_KINDS)[number];
  archived?: boolean;
};

/** Filters as the address has them, without what no audience could match. */
export function filtersOf(values: InAddress): AudienceFilters {
  return {
    q: values.q,
    kind: AUDIENCE_KINDS.find((kind) => kind === values.kind),
    archived: values.archived === "yes" ? true : undefined,
  };
}

function at(audience_id: number) {
  return { path: { audience_id } };
}

export function listAudiences(
  query: AudienceFilters & { cursor?: string; limit?: number },
): Promise<Page<AudienceRow>> {
  return take(api.GET("/api/audiences", { params: { query } }));
}

export function readAudience(id: number): Promise<Audience> {
  return take(api.GET("/api/audiences/{audience_id}", { params: at(id) }));
}

export function createAudience(body: NewAudience): Promise<Audience> {
  return take(api.POST("/api/audiences", { body }));
}

export function changeAudience({ id, body }: { id: number; body: AudienceChange }) {
  return take(api.PUT("/api/audiences/{audience_id}", { params: at(id), body }));
}

export function copyAudience(id: number): Promise<Audience> {
  return take(api.POST("/api/audiences/{audience_id}/copy", { params: at(id) }));
}

export function archiveAudience(id: number): Promise<void> {
  return done(api.POST("/api/audiences/{audience_id}/archive", { params: at(id) }));
}

export function buildAudience(id: number): Promise<void> {
  return done(api.POST("/api/audiences/{audience_id}/build", { params: at(id) }));
}

export function cancelBuild(id: number): Promise<void> {
  return done(api.POST("/api/audiences/{audience_id}/build/cancel", { params: at(id) }));
}

export function listVersions(id: number, cursor?: string): Promise<Page<AudienceVersion>> {
  const params = { ...at(id), query: { cursor } };
  return take(api.GET("/api/audiences/{audience_id}/versions", { params }));
}

export function listAudienceMembers(id: number, cursor?: string): Promise<Page<SamplePerson>> {
  const params = { ...at(id), query: { cursor } };
  return take(api.GET("/api/audiences/{audience_id}/members", { params }));
}

export function readSizes(id: number, days: number): Promise<SizePoint[]> {
  const params = { ...at(id), query: { days } };
  return take(api.GET("/api/audiences/{audience_id}/sizes", { params }));
}

export function listUses(id: number, cursor?: string): Promise<Page<AudienceUse>> {
  const params = { ...at(id), query: { cursor } };
  return take(api.GET("/api/audiences/{audience_id}/uses", { params }));
}

export function readUse(use_id: number): Promise<AudienceUseDetail> {
  return take(api.GET("/api/audiences/uses/{use_id}", { params: { path: { use_id } } }));
}

export function listRecipients(use_id: number, cursor?: string): Promise<Page<SamplePerson>> {
  const params = { path: { use_id }, query: { cursor } };
  return take(api.GET("/api/audiences/uses/{use_id}/recipients", { params }));
}

export function whyReached(use_id: number, customer_id: number): Promise<WhyReached> {
  const params = { path: { use_id, customer_id } };
  return take(api.GET("/api/audiences/uses/{use_id}/why/{customer_id}", { params }));
}

/** The audiences a customer is in. */
export function audiencesOf(customer_id: number): Promise<AudienceOf[]> {
  return take(api.GET("/api/audiences/of/{customer_id}", { params: { path: { customer_id } } }));
}

export function removePeople({ id, customerIds }: { id: number; customerIds: number[] }) {
  return take(
    api.POST("/api/audiences/{audience_id}/people/remove", {
      params: at(id),
      body: { customer_ids: customerIds },
    }),
  );
}

/** Whom lines of text name; they are personal data and travel in the body. */
export function addNamed({ id, lines }: { id: number; lines: string[] }): Promise<PeopleNamed> {
  return take(
    api.POST("/api/audiences/{audience_id}/people/named", { params: at(id), body: { lines } }),
  );
}
