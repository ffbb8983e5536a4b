import { useServerEvents } from "@kit/realtime/events.ts";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { type Period, readDashboard, readRanking } from "../api.ts";

const HOME_KEY = ["home"] as const;

export function useDashboard(period: Period) {
  return useQuery({
    queryKey: [...HOME_KEY, "dashboard", period],
    queryFn: () => readDashboard(period),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

export function useRanking(period: Period, enabled: boolean) {
  return useQuery({
    queryKey: [...HOME_KEY, "ranking", period],
    queryFn: () => readRanking(period),
    placeholderData: keepPreviousData,
    enabled,
  });
}

const SETTLE_MS = 1_000;

/** Follows the facts as they come: in a burst the figures are read once a second, not per fact. */
export function useHomeNews() {
  const client = useQueryClient();
  const waiting = useRef(false);
  useServerEvents(() => {
    if (waiting.current) return;
    waiting.current = true;
    setTimeout(() => {
      waiting.current = false;
      client.invalidateQueries({ queryKey: HOME_KEY });
    }, SETTLE_MS);
  });
}
