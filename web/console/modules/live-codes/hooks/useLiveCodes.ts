import { useServerEvents } from "@kit/realtime/events.ts";
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
  const client = useQueryClient();
  useServerEvents((event) => {
    if (event.type.startsWith("contact.") || event.type.startsWith("live_code.")) {
      client.invalidateQueries({ queryKey: LIVE_CODES_KEY });
    }
  });
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
