import { api, done, take } from "@kit/api/client.ts";
import type { components } from "@kit/api/schema.gen.ts";
import type { Page } from "@kit/api/types.ts";

type Shapes = components["schemas"];
export type Consents = Shapes["CustomerConsents"];
export type Consent = Shapes["ConsentView"];
export type ConsentDraft = Shapes["ConsentDraft"];
export type ConsentRow = Shapes["ConsentRow"];
export type Erasure = Shapes["ErasureView"];
export type ErasureDraft = Shapes["ErasureDraft"];
export type DataPackage = Shapes["PackageView"];

export const CONSENT_STATES = ["granted", "refused"] as const;

export function readConsents(customer_id: number): Promise<Consents> {
  return take(
    api.GET("/api/customers/{customer_id}/consents", { params: { path: { customer_id } } }),
  );
}

export function noteConsent(customer_id: number, body: ConsentDraft): Promise<Consents> {
  return take(
    api.POST("/api/customers/{customer_id}/consents", { params: { path: { customer_id } }, body }),
  );
}

export function askPackage(customer_id: number): Promise<unknown> {
  return take(
    api.POST("/api/customers/{customer_id}/package", { params: { path: { customer_id } } }),
  );
}

export function askErasure(customer_id: number, body: ErasureDraft): Promise<unknown> {
  return take(
    api.POST("/api/customers/{customer_id}/erasure", { params: { path: { customer_id } }, body }),
  );
}

export function listConsents(query: {
  state?: (typeof CONSENT_STATES)[number];
  cursor?: string;
}): Promise<Page<ConsentRow>> {
  return take(api.GET("/api/privacy/consents", { params: { query } }));
}

export function listErasures(query: { cursor?: string }): Promise<Page<Erasure>> {
  return take(api.GET("/api/privacy/erasures", { params: { query } }));
}

export function confirmErasure(erasure_id: number, word: string): Promise<void> {
  return done(
    api.POST("/api/privacy/erasures/{erasure_id}/confirm", {
      params: { path: { erasure_id } },
      body: { word },
    }),
  );
}

export function withdrawErasure(erasure_id: number): Promise<void> {
  return done(
    api.POST("/api/privacy/erasures/{erasure_id}/withdraw", { params: { path: { erasure_id } } }),
  );
}

export function listPackages(query: { cursor?: string }): Promise<Page<DataPackage>> {
  return take(api.GET("/api/privacy/packages", { params: { query } }));
}
