import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { readCallback, retryCallback } from "../api.ts";

export const CALLBACKS_KEY = ["callbacks"] as const;

const LOOK_AGAIN_MS = 2_000;

/**
 * One callback with its content. Each look is audited, so it is looked at again by itself only
 * while it waits to be read, and more and more seldom.
 */
export function useCallback(id: number) {
  return useQuery({
    queryKey: [...CALLBACKS_KEY, "one", id],
    queryFn: () => readCallback(id),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data?.state === "waiting" && LOOK_AGAIN_MS * dataUpdateCount,
  });
}

export function useRetryCallback() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: retryCallback,
    onSuccess: () => client.invalidateQueries({ queryKey: CALLBACKS_KEY }),
  });
}
