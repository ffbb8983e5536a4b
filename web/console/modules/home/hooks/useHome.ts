import { type LiveFact, useFacts } from "@kit/realtime/events.ts";
import { useRefreshing } from "@kit/realtime/useRefreshing.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Period, readAttention, readDashboard, readFirstSteps, readMetrics } from "../api.ts";
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

const KEPT = 30;

/** The latest facts since the page was opened, newest first. */
export function useLatestFacts(): LiveFact[] {
  const [facts, setFacts] = useState<LiveFact[]>([]);
  useFacts((fact) => {
    if (fact && fact.type in WATCHED_FACTS) setFacts((before) => [fact, ...before].slice(0, KEPT));
  });
  return facts;
}
