import type { Job } from "@kit/api/types.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  beginReconciliation,
  cancelJob,
  dismissParked,
  listJobs,
  planReconciliation,
  readReconciliation,
  readTroubles,
  resumeJob,
  retryFailed,
} from "../api.ts";

export const JOBS_KEY = ["jobs"] as const;

const AT_WORK = new Set(["waiting", "running", "cancelling"]);

export function isAtWork(job: Job): boolean {
  return AT_WORK.has(job.state);
}

const STOPPED = new Set(["failed", "cancelled"]);
/** So many of one's own that stopped are shown to go on with. */
const MOST_STOPPED = 3;
const DAY_MS = 86_400_000;

function stoppedToday({ mine, state, finished_at }: Job): boolean {
  if (!mine || !STOPPED.has(state) || finished_at === null) return false;
  return Date.now() - Date.parse(finished_at) < DAY_MS;
}

/** Jobs at work now, asked again quickly only while there are any; and one's own that stopped. */
export function useJobsAtWork(enabled: boolean) {
  const query = useQuery({
    queryKey: [...JOBS_KEY, "latest"],
    queryFn: () => listJobs({ limit: 20 }),
    enabled,
    refetchInterval: (state) => (state.state.data?.items.some(isAtWork) ? 1_500 : 15_000),
  });
  const items = query.data?.items ?? [];
  return {
    jobs: items.filter(isAtWork),
    stopped: items.filter(stoppedToday).slice(0, MOST_STOPPED),
  };
}

export function useTroubles() {
  return useQuery({
    queryKey: [...JOBS_KEY, "troubles"],
    queryFn: readTroubles,
    refetchInterval: 15_000,
  });
}

export function useJobActs() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: JOBS_KEY });
  return {
    cancel: useMutation({ mutationFn: cancelJob, onSettled }),
    resume: useMutation({ mutationFn: resumeJob, onSettled }),
    retry: useMutation({ mutationFn: retryFailed, onSettled }),
    dismiss: useMutation({ mutationFn: dismissParked, onSettled }),
  };
}

const RECONCILIATION_KEY = [...JOBS_KEY, "reconciliation"] as const;

export function useReconciliation() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: JOBS_KEY });
  const query = useQuery({
    queryKey: RECONCILIATION_KEY,
    queryFn: readReconciliation,
    refetchInterval: (state) =>
      state.state.data?.runs.some((run) => AT_WORK.has(run.state)) ? 3_000 : 60_000,
  });
  return {
    query,
    begin: useMutation({ mutationFn: beginReconciliation, onSettled }),
    plan: useMutation({ mutationFn: planReconciliation, onSettled }),
  };
}
