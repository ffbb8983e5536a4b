import type { AudiencePreview } from "@kit/api/types.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { preview } from "../asking.ts";
import type { Rule } from "../rule/language.ts";
import { useSettled } from "./useSettled.ts";

const PAUSE_MS = 350;
const AGAIN_MS = 15_000;

/**
 * Whom a rule fits, asked when typing pauses; an answer that is no longer wanted is given up. The
 * last answer stays until another one is there, also when asking failed (`isBehind`).
 */
export function usePreview(rule: Rule, audienceId: number | undefined) {
  const typed = JSON.stringify(rule);
  const asked = useSettled(typed, PAUSE_MS);
  const [last, setLast] = useState<AudiencePreview>();
  const query = useQuery({
    queryKey: ["audiences", "preview", audienceId, asked],
    queryFn: ({ signal }) => preview(JSON.parse(asked) as Rule, audienceId, signal),
    refetchInterval: AGAIN_MS,
    retry: false,
  });
  if (query.data && query.data !== last) setLast(query.data);
  return {
    answer: query.data ?? last,
    failure: query.error,
    isBehind: typed !== asked || query.data === undefined,
    again: query.refetch,
  };
}
