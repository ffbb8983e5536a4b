import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { addExposure, listChannels, saveChannel } from "../api.ts";

export const CHANNELS_KEY = ["channels"] as const;

/** Channels to choose from. */
export function useChannelOptions() {
  const query = useQuery({
    queryKey: [...CHANNELS_KEY, "options"],
    queryFn: () => listChannels({ limit: 200 }),
  });
  return query.data?.items.map(({ id, name }) => ({ value: String(id), label: name }));
}

export function useSaveChannel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: saveChannel,
    onSuccess: () => client.invalidateQueries({ queryKey: CHANNELS_KEY }),
  });
}

export function useAddExposure() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: addExposure,
    onSuccess: () => client.invalidateQueries({ queryKey: CHANNELS_KEY }),
  });
}
