import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  changeField,
  changeStage,
  listFields,
  listStages,
  makeField,
  makeStage,
  makeUsualStages,
  noteValues,
  orderFields,
  orderStages,
  readSteps,
  readValues,
  toStage,
} from "../api.ts";

const FIELDS_KEY = ["fields"] as const;
const STAGES_KEY = ["stages"] as const;

export function useFields() {
  return useQuery({ queryKey: FIELDS_KEY, queryFn: listFields });
}

export function useStages() {
  return useQuery({ queryKey: STAGES_KEY, queryFn: listStages });
}

export function useFieldActs() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: FIELDS_KEY });
  return {
    make: useMutation({ mutationFn: makeField, onSettled }),
    change: useMutation({ mutationFn: changeField, onSettled }),
    order: useMutation({ mutationFn: orderFields, onSettled }),
  };
}

export function useStageActs() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: STAGES_KEY });
  return {
    make: useMutation({ mutationFn: makeStage, onSettled }),
    usual: useMutation({ mutationFn: makeUsualStages, onSettled }),
    change: useMutation({ mutationFn: changeStage, onSettled }),
    order: useMutation({ mutationFn: orderStages, onSettled }),
  };
}

/** Under the customer's own key, so that news about them read it anew. */
const ofCustomer = (id: number, what: string) => ["customers", id, what] as const;

export function useValues(id: number) {
  return useQuery({ queryKey: ofCustomer(id, "fields"), queryFn: () => readValues(id) });
}

export function useSteps(id: number) {
  return useQuery({ queryKey: ofCustomer(id, "stages"), queryFn: () => readSteps(id) });
}

export function useNoting(id: number) {
  const client = useQueryClient();
  return {
    note: useMutation({
      mutationFn: (values: Parameters<typeof noteValues>[1]) => noteValues(id, values),
      onSettled: () => client.invalidateQueries({ queryKey: ofCustomer(id, "fields") }),
    }),
    move: useMutation({
      mutationFn: ({ stage, reason }: { stage: number | null; reason: string }) =>
        toStage(id, stage, reason),
      onSettled: () => client.invalidateQueries({ queryKey: ofCustomer(id, "stages") }),
    }),
  };
}
