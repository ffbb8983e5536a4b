import { usePages } from "@kit/desk/list/usePages.ts";
import { useQuery } from "@tanstack/react-query";
import { listRecipients, listUses, readUse, whyReached } from "../api.ts";
import { AUDIENCES_KEY } from "./useAudiences.ts";

/** What an audience was used for. */
export function useUses(audienceId: number) {
  return usePages([...AUDIENCES_KEY, audienceId, "uses"], (cursor) => listUses(audienceId, cursor));
}

export function useUse(id: number) {
  return useQuery({ queryKey: [...AUDIENCES_KEY, "use", id], queryFn: () => readUse(id) });
}

export function useRecipients(useId: number) {
  return usePages([...AUDIENCES_KEY, "use", useId, "recipients"], (cursor) =>
    listRecipients(useId, cursor),
  );
}

/** Why somebody was a recipient. */
export function useWhyReached(useId: number, customerId: number) {
  return useQuery({
    queryKey: [...AUDIENCES_KEY, "use", useId, "why", customerId],
    queryFn: () => whyReached(useId, customerId),
    retry: false,
  });
}
