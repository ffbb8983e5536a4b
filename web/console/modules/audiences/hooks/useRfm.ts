import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { planRfm, readRfm, readRfmMatrix, runRfm } from "../asking.ts";
import { AUDIENCES_KEY, isBuilding } from "./useAudiences.ts";

const RFM_KEY = [...AUDIENCES_KEY, "rfm"] as const;
const LOOK_MS = 1_500;
const MATRIX_MS = 60_000;

/** How scores are made and the thresholds in force; asked again quickly while they are made. */
export function useRfm() {
  return useQuery({
    queryKey: [...RFM_KEY, "plan"],
    queryFn: readRfm,
    refetchInterval: ({ state }) => (isBuilding(state.data?.build ?? null) ? LOOK_MS : MATRIX_MS),
  });
}

/** Who has which scores, by the thresholds in force. */
export function useRfmMatrix(version: number | undefined) {
  return useQuery({
    queryKey: [...RFM_KEY, "matrix", version],
    queryFn: readRfmMatrix,
    enabled: version !== undefined,
    refetchInterval: MATRIX_MS,
  });
}

export function useRfmActs() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: RFM_KEY });
  return {
    plan: useMutation({ mutationFn: planRfm, onSettled }),
    run: useMutation({ mutationFn: runRfm, onSettled }),
  };
}
