import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type LiveFact, useFacts } from "./events.ts";

/**
 * Reads the queries below a key again when facts that concern them are told. In a burst they are
 * read once in `pause` milliseconds, not once per fact.
 */
export function useRefreshing(
  queryKey: QueryKey,
  concerns: (fact: LiveFact) => boolean,
  pause = 1_000,
): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), []);
  useFacts((fact) => {
    if (timer.current || (fact && !concerns(fact))) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      client.invalidateQueries({ queryKey });
    }, pause);
  });
}
