import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { listCollectSources, makeCollectSource, turnCollectSource } from "../api.ts";

const COLLECT_KEY = ["collect-sources"] as const;

export function useCollectSources() {
  return useQuery({ queryKey: COLLECT_KEY, queryFn: listCollectSources });
}

export function useCollectSourceActs() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: COLLECT_KEY });
  return {
    make: useMutation({ mutationFn: makeCollectSource, onSuccess }),
    turn: useMutation({ mutationFn: turnCollectSource, onSuccess }),
  };
}
