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

/** Jobs at work now; asked again quickly only while there are any. */
export function useJobsAtWork(enabled: boolean) {
  const query = useQuery({
    queryKey: [...JOBS_KEY, "latest"],
    queryFn: () => listJobs({ limit: 20 }),
    enabled,
    refetchInterval: (state) => (state.state.data?.items.some(isAtWork) ? 1_500 : 15_000),
  });
  return query.data?.items.filter(isAtWork) ?? [];
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
    data: query.data,
    begin: useMutation({ mutationFn: beginReconciliation, onSettled }),
    plan: useMutation({ mutationFn: planReconciliation, onSettled }),
  };
}
