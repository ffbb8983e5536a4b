import { api, done, take } from "@kit/api/client.ts";
import type {
  AudiencePreview,
  RfmMatrix,
  RfmPlan,
  RfmView,
  RuleCatalogue,
  Why,
} from "@kit/api/types.ts";
import { listMaterials } from "../materials/api.ts";
import { listOrderSources } from "../orders/api.ts";
import type { Rule } from "./rule/language.ts";
import type { Thing } from "./rule/names.ts";

/** Something a condition can name; `group` is what it is listed under. */
export type Choice = { id: number; name: string; group?: string | null };

/** As many things as are offered at a time; words narrow them down. */
export const MOST_OFFERED = 100;
const MOST_MATERIALS = 200;

export function preview(
  rule: Rule,
  audience_id: number | undefined,
  signal: AbortSignal,
): Promise<AudiencePreview> {
  return take(api.POST("/api/audiences/preview", { body: { rule, audience_id }, signal }));
}

/** Why a person is in or out: of a rule, or of an audience's own. */
export function why(
  body: { customer_id: number; rule?: Rule; audience_id?: number },
  signal?: AbortSignal,
): Promise<Why> {
  return take(api.POST("/api/audiences/why", { body, signal }));
}

type Asked = { q?: string; id?: number[] };

/** Those of a short list that are asked for. */
function among(all: readonly Choice[], { q, id }: Asked): Choice[] {
  if (id) return all.filter((one) => id.includes(one.id));
  const wanted = q?.toLowerCase() ?? "";
  return all.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, MOST_OFFERED);
}

async function materials(asked: Asked): Promise<Choice[]> {
  const { items } = await listMaterials({ limit: MOST_MATERIALS });
  return among(
    items.map(({ id, title }) => ({ id, name: title })),
    asked,
  );
}

async function orderSources(asked: Asked): Promise<Choice[]> {
  return among(await listOrderSources(), asked);
}

/** Things by words in their names, or those of `id`, which may be gone. */
export function listChoices(kind: Thing, asked: Asked): Promise<Choice[]> {
  if (kind === "material") return materials(asked);
  if (kind === "source") return orderSources(asked);
  const params = { query: { kind, ...asked } };
  return take(api.GET("/api/audiences/catalogue/choices", { params }));
}

export function readCatalogue(): Promise<RuleCatalogue> {
  return take(api.GET("/api/audiences/catalogue", {}));
}

export function readRfm(): Promise<RfmView> {
  return take(api.GET("/api/audiences/rfm", {}));
}

export function planRfm(body: RfmPlan): Promise<RfmView> {
  return take(api.PUT("/api/audiences/rfm", { body }));
}

export function runRfm(): Promise<void> {
  return done(api.POST("/api/audiences/rfm/run", {}));
}

export function readRfmMatrix(): Promise<RfmMatrix> {
  return take(api.GET("/api/audiences/rfm/matrix", {}));
}
