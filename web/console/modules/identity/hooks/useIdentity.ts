import type { MergeCandidate } from "@kit/api/types.ts";
import { usePages } from "@kit/desk/list/usePages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { PRIVACY_KEY } from "../../privacy/hooks.ts";
import { TAGS_KEY } from "../../tags/hooks/useTags.ts";
import { decide, listCandidates, merge, previewMerge, readPeople, unmerge } from "../api.ts";

const CANDIDATES_KEY = ["merge-candidates"] as const;
const CUSTOMERS_KEY = ["customers"] as const;
const TOLD_OF_CUSTOMERS = [CUSTOMERS_KEY, CANDIDATES_KEY, TAGS_KEY, PRIVACY_KEY, ["orders"]];

export function usePeople(id: number) {
  return useQuery({
    queryKey: [...CUSTOMERS_KEY, id, "people"],
    queryFn: () => readPeople(id),
  });
}

export function useMergePreview(id: number, other: number | null) {
  return useQuery({
    // Not read anew after a merge: the two are one by then.
    queryKey: ["merge-preview", id, other],
    gcTime: 0,
    queryFn: () => previewMerge(id, other ?? 0),
    enabled: other !== null && other !== id,
  });
}

export function useCandidates(state: MergeCandidate["state"]) {
  return usePages([...CANDIDATES_KEY, state], (cursor) => listCandidates({ state, cursor }));
}

/** What joins people and cuts them apart; everything shown of customers is read anew after it. */
export function useIdentityActs() {
  const client = useQueryClient();
  const onSettled = () =>
    Promise.all(TOLD_OF_CUSTOMERS.map((queryKey) => client.invalidateQueries({ queryKey })));
  return {
    merge: useMutation({
      mutationFn: ({ id, other, reason }: { id: number; other: number; reason: string }) =>
        merge(id, other, reason),
      onSettled,
    }),
    unmerge: useMutation({
      mutationFn: ({ id, person, reason }: { id: number; person: number; reason: string }) =>
        unmerge(id, person, reason),
      onSettled,
    }),
    decide: useMutation({
      mutationFn: ({ id, accept, reason }: { id: number; accept: boolean; reason: string }) =>
        decide(id, accept, reason),
      onSettled,
    }),
  };
}
