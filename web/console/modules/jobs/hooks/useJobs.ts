import { useServerEvents } from "@kit/realtime/events.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { actOnJob, listJobs } from "../api.ts";

export const JOBS_KEY = ["jobs"] as const;

/** Jobs at work now; asked again quickly only while there are any. */
export function useRunningJobs(enabled: boolean) {
  const client = useQueryClient();
  useServerEvents((event) => {
    if (event.type.startsWith("job.")) client.invalidateQueries({ queryKey: JOBS_KEY });
  });
  return useQuery({
    queryKey: [...JOBS_KEY, "running"],
    queryFn: () => listJobs({ state: "running" }),
    enabled,
    refetchInterval: (query) => (query.state.data?.items.length ? 1_500 : 15_000),
  });
}

export function useJobAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: actOnJob,
    onSettled: () => client.invalidateQueries({ queryKey: JOBS_KEY }),
  });
}
