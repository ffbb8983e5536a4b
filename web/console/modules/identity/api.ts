import { api, take } from "@kit/api/client.ts";
import type { JoinedPeople, MergeCandidate, MergePreview, Page } from "@kit/api/types.ts";

const at = (customer_id: number) => ({ params: { path: { customer_id } } });

export const readPeople = (customer_id: number): Promise<JoinedPeople> =>
  take(api.GET("/api/customers/{customer_id}/people", at(customer_id)));

export function previewMerge(customer_id: number, other: number): Promise<MergePreview> {
  return take(
    api.GET("/api/customers/{customer_id}/merge", {
      params: { path: { customer_id }, query: { other } },
    }),
  );
}

export function merge(customer_id: number, other_id: number, reason: string) {
  const body = { other_id, reason };
  return take(api.POST("/api/customers/{customer_id}/merge", { ...at(customer_id), body }));
}

export function unmerge(customer_id: number, person_id: number, reason: string) {
  const body = { person_id, reason };
  return take(api.POST("/api/customers/{customer_id}/unmerge", { ...at(customer_id), body }));
}

export function listCandidates(query: {
  state: MergeCandidate["state"];
  cursor?: string;
}): Promise<Page<MergeCandidate>> {
  return take(api.GET("/api/merge-candidates", { params: { query } }));
}

export function decide(candidate_id: number, accept: boolean, reason: string) {
  return take(
    api.POST("/api/merge-candidates/{candidate_id}", {
      params: { path: { candidate_id } },
      body: { accept, reason },
    }),
  );
}
