import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { listOrderSources, makeOrderSource, rotateSecret, switchOrderSource } from "../api.ts";

const ORDER_SOURCES_KEY = ["order-sources"] as const;

export function useOrderSources() {
  return useQuery({ queryKey: ORDER_SOURCES_KEY, queryFn: listOrderSources });
}

export function useOrderSourceActs() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ORDER_SOURCES_KEY });
  return {
    make: useMutation({ mutationFn: makeOrderSource, onSuccess }),
    rotate: useMutation({ mutationFn: rotateSecret, onSuccess }),
    turn: useMutation({ mutationFn: switchOrderSource, onSuccess }),
  };
}
