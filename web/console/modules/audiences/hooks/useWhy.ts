import { useQuery } from "@tanstack/react-query";
import { why } from "../asking.ts";
import type { Rule } from "../rule/language.ts";
import { AUDIENCES_KEY } from "./useAudiences.ts";
import { useSettled } from "./useSettled.ts";

const PAUSE_MS = 350;

/** Why a person is or is not among those a rule asks for; nothing while nobody is chosen. */
export function useWhy(customerId: number | undefined, rule: Rule) {
  const asked = useSettled(JSON.stringify(rule), PAUSE_MS);
  return useQuery({
    queryKey: [...AUDIENCES_KEY, "why", customerId, asked],
    queryFn: ({ signal }) =>
      why({ customer_id: customerId ?? 0, rule: JSON.parse(asked) as Rule }, signal),
    enabled: customerId !== undefined,
    retry: false,
  });
}

/** Why a person is in an audience, by its rule in force right now. */
export function useWhyIn(customerId: number, audienceId: number) {
  return useQuery({
    queryKey: [...AUDIENCES_KEY, "why", customerId, audienceId],
    queryFn: ({ signal }) => why({ customer_id: customerId, audience_id: audienceId }, signal),
    retry: false,
  });
}
