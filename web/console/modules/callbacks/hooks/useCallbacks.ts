import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { readCallback, retryCallback } from "../api.ts";

export const CALLBACKS_KEY = ["callbacks"] as const;

/** One callback with its content. Each look is audited, so it is not looked at again by itself. */
export function useCallback(id: number) {
  return useQuery({
    queryKey: [...CALLBACKS_KEY, "one", id],
    queryFn: () => readCallback(id),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

export function useRetryCallback() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: retryCallback,
    onSuccess: () => client.invalidateQueries({ queryKey: CALLBACKS_KEY }),
  });
}
