import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type LiveFact, useFacts } from "./events.ts";

/** In a burst the figures are read once in this time, not once per fact. */
const SETTLE_MS = 800;

/** Reads the queries below a key again when facts that concern them are told. */
export function useRefreshing(queryKey: QueryKey, concerns: (fact: LiveFact) => boolean): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), []);
  useFacts((fact) => {
    if (timer.current || (fact && !concerns(fact))) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      client.invalidateQueries({ queryKey });
    }, SETTLE_MS);
  });
}
