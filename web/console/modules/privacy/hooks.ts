import { usePages } from "@kit/desk/list/usePages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  askErasure,
  askPackage,
  type CONSENT_STATES,
  type ConsentDraft,
  confirmErasure,
  type ErasureDraft,
  listConsents,
  listErasures,
  listPackages,
  noteConsent,
  readConsents,
  withdrawErasure,
} from "./api.ts";

export const PRIVACY_KEY = ["privacy"] as const;
const LOOK_EVERY = 5_000;

export function useConsents(customerId: number) {
  return useQuery({
    queryKey: [...PRIVACY_KEY, "customer", customerId],
    queryFn: () => readConsents(customerId),
  });
}

export function useConsentList(state: (typeof CONSENT_STATES)[number] | undefined) {
  return usePages([...PRIVACY_KEY, "consents", state], (cursor) => listConsents({ state, cursor }));
}

export function useErasures() {
  return usePages([...PRIVACY_KEY, "erasures"], (cursor) => listErasures({ cursor }), {
    refetchInterval: LOOK_EVERY,
  });
}

export function usePackages() {
  return usePages([...PRIVACY_KEY, "packages"], (cursor) => listPackages({ cursor }), {
    refetchInterval: LOOK_EVERY,
  });
}

/** What can be done about one customer's wishes. */
export function useCustomerWishes(customerId: number) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: PRIVACY_KEY });
  return {
    note: useMutation({
      mutationFn: (draft: ConsentDraft) => noteConsent(customerId, draft),
      onSettled,
    }),
    pack: useMutation({ mutationFn: () => askPackage(customerId), onSettled }),
    erase: useMutation({
      mutationFn: (draft: ErasureDraft) => askErasure(customerId, draft),
      onSettled,
    }),
  };
}

export function useErasureActs() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: PRIVACY_KEY });
  return {
    confirm: useMutation({
      mutationFn: ({ id, word }: { id: number; word: string }) => confirmErasure(id, word),
      onSettled,
    }),
    withdraw: useMutation({ mutationFn: withdrawErasure, onSettled }),
  };
}
