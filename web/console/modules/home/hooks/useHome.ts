import type { LatestFact } from "@kit/api/types.ts";
import { useFacts } from "@kit/realtime/events.ts";
import { useRefreshing } from "@kit/realtime/useRefreshing.ts";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type Period,
  readAttention,
  readDashboard,
  readFirstSteps,
  readLatestFacts,
  readMetrics,
} from "../api.ts";
import { KEPT, withLatest } from "../latest.ts";
import { WATCHED_FACTS } from "../words.ts";

const HOME_KEY = ["home"] as const;

/** All figures of a period are one large question: asked at most this often. */
const FIGURES_PAUSE_MS = 2_000;

export function useDashboard(period: Period) {
  useRefreshing(HOME_KEY, () => true, FIGURES_PAUSE_MS);
  return useQuery({
    queryKey: [...HOME_KEY, "dashboard", period],
    queryFn: () => readDashboard(period),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

export function useAttention() {
  return useQuery({
    queryKey: [...HOME_KEY, "attention"],
    queryFn: readAttention,
    refetchInterval: 30_000,
  });
}

export function useFirstSteps() {
  return useQuery({ queryKey: [...HOME_KEY, "first-steps"], queryFn: readFirstSteps });
}

export function useMetric(key: string) {
  return useQuery({
    queryKey: ["metrics"],
    queryFn: readMetrics,
    staleTime: Number.POSITIVE_INFINITY,
    select: (metrics) => metrics.find((metric) => metric.key === key) ?? null,
  });
}

const LATEST_KEY = [...HOME_KEY, "latest"] as const;

/** The latest facts, newest first: those before the page was opened, and each as it happens. */
export function useLatestFacts() {
  const client = useQueryClient();
  useFacts((fact) => {
    if (fact === null) void client.invalidateQueries({ queryKey: LATEST_KEY });
    else if (WATCHED_FACTS.includes(fact.type)) {
      client.setQueryData<LatestFact[]>(LATEST_KEY, (known) => withLatest(known, fact));
    }
  });
  return useQuery({
    queryKey: LATEST_KEY,
    queryFn: async () => {
      const told = client.getQueryData<LatestFact[]>(LATEST_KEY) ?? [];
      const found = await readLatestFacts(WATCHED_FACTS, KEPT);
      // What was heard while the question was on its way stays.
      return told.reduceRight<LatestFact[]>((facts, fact) => withLatest(facts, fact), found);
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: "always", // nobody listened while another page was open
  });
}
