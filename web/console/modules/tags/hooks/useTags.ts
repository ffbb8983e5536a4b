import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { JOBS_KEY } from "../../jobs/hooks/useJobs.ts";
import { listTags, syncTags } from "../api.ts";

export const TAGS_KEY = ["tags"] as const;

export function useTags() {
  return useQuery({ queryKey: TAGS_KEY, queryFn: listTags });
}

/** Tags to choose from, told with their group. */
export function useTagOptions() {
  const { data } = useTags();
  return data?.items.flatMap((group) =>
    group.tags.map((tag) => ({ value: String(tag.id), label: `${group.name} / ${tag.name}` })),
  );
}

export function useSyncTags() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: syncTags,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: JOBS_KEY }),
        client.invalidateQueries({ queryKey: TAGS_KEY }),
      ]),
  });
}
