import { useMay } from "@kit/session/session.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MAY } from "../../../permissions.ts";
import { addExposure, listChannelNames, saveChannel } from "../api.ts";

export const CHANNELS_KEY = ["channels"] as const;

/** Channels to choose from; undefined while loading and for roles that may not see them. */
export function useChannelOptions() {
  const allowed = useMay()(MAY.readChannels);
  const query = useQuery({
    queryKey: [...CHANNELS_KEY, "options"],
    queryFn: listChannelNames,
    enabled: allowed,
  });
  return query.data?.map(({ id, name }) => ({ value: String(id), label: name }));
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
