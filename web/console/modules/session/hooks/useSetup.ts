import { useQuery } from "@tanstack/react-query";
import { readSetup } from "../api.ts";

export const SETUP_KEY = ["setup"] as const;

/** Whether this server still waits for its first administrator. */
export function useSetup(enabled: boolean) {
  return useQuery({ queryKey: SETUP_KEY, queryFn: readSetup, enabled, staleTime: Infinity });
}
