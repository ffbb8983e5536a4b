import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { JOBS_KEY, useJobsAtWork } from "../../jobs/hooks/useJobs.ts";
import {
  makeCallbackKeys,
  makePushKeys,
  makeSuiteKeys,
  readConnection,
  readDiagnosis,
  saveCredentials,
  saveDomain,
  saveOfficialAccount,
  startSync,
} from "../api.ts";

export const CONNECTION_KEY = ["connection"] as const;

/** How far the set-up is; watched closely while an administrator works in WeCom's own console. */
export function useConnection() {
  return useQuery({
    queryKey: CONNECTION_KEY,
    queryFn: readConnection,
    refetchInterval: (query) =>
      query.state.data?.steps.every((step) => step.state === "done") ? 30_000 : 3_000,
  });
}

/** Asked only when wanted: it calls WeCom once for each permission. */
export function useDiagnosis(enabled: boolean) {
  return useQuery({
    queryKey: [...CONNECTION_KEY, "diagnosis"],
    queryFn: readDiagnosis,
    enabled,
    staleTime: 60_000,
    retry: false,
  });
}

export function useSyncJobs() {
  return useJobsAtWork(true).jobs.filter((job) => job.kind.includes("sync"));
}

export function useConnectionActs() {
  const client = useQueryClient();
  const onSuccess = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: CONNECTION_KEY }),
      client.invalidateQueries({ queryKey: JOBS_KEY }),
    ]);
  return {
    credentials: useMutation({ mutationFn: saveCredentials, onSuccess }),
    keys: useMutation({ mutationFn: makeCallbackKeys, onSuccess }),
    suite: useMutation({ mutationFn: makeSuiteKeys, onSuccess }),
    pushKeys: useMutation({ mutationFn: makePushKeys, onSuccess }),
    domain: useMutation({ mutationFn: saveDomain, onSuccess }),
    sync: useMutation({ mutationFn: startSync, onSuccess }),
    officialAccount: useMutation({ mutationFn: saveOfficialAccount, onSuccess }),
  };
}
