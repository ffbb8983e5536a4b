import { useRefreshing } from "@kit/realtime/useRefreshing.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { deleteLiveCode, readLiveCode, retryLiveCode, saveLiveCode } from "../api.ts";

export const LIVE_CODES_KEY = ["live-codes"] as const;

/** One code; asked again while WeCom is still making it. */
export function useLiveCode(id: number) {
  return useQuery({
    queryKey: [...LIVE_CODES_KEY, id],
    queryFn: () => readLiveCode(id),
    refetchInterval: (query) => (query.state.data?.state === "creating" ? 1_000 : false),
  });
}

/** Keeps lists and details fresh while people scan. */
export function useLiveCodeNews() {
  useRefreshing(LIVE_CODES_KEY, ({ type }) => /^(contact|live_code|order)\./.test(type));
}

export function useLiveCodeActs() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: LIVE_CODES_KEY });
  return {
    save: useMutation({ mutationFn: saveLiveCode, onSuccess }),
    retry: useMutation({ mutationFn: retryLiveCode, onSuccess }),
    remove: useMutation({ mutationFn: deleteLiveCode, onSuccess }),
  };
}
