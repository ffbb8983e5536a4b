import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { JOBS_KEY } from "../../jobs/hooks/useJobs.ts";
import {
  changeItem,
  createTags,
  deleteItem,
  listBehaviours,
  listMarkings,
  listRules,
  listTags,
  markOne,
  orderItems,
  removeRule,
  saveRule,
  startMarking,
  syncTags,
  tagsOf,
} from "../api.ts";

export const TAGS_KEY = ["tags"] as const;
const AT_WORK_MS = 3_000;

export function useTags() {
  return useQuery({ queryKey: [...TAGS_KEY, "library"], queryFn: listTags });
}

/** Tags to choose from, told with their group. */
export function useTagOptions() {
  const { data } = useTags();
  return data?.items.flatMap((group) =>
    group.tags.map((tag) => ({ value: String(tag.id), label: `${group.name} / ${tag.name}` })),
  );
}

/** The same by group, numbers as values, for selects of several. */
export function useTagChoices() {
  const { data } = useTags();
  return data?.items.map((group) => ({
    label: group.name,
    title: group.name,
    options: group.tags.map((tag) => ({ value: tag.id, label: tag.name })),
  }));
}

export function useSyncTags() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: syncTags,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: JOBS_KEY }),
        client.invalidateQueries({ queryKey: TAGS_KEY }),
      ]),
  });
}

/** Changes of the library; it is read anew even when WeCom refused, for its state may be newer. */
export function useLibraryActs() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: TAGS_KEY });
  return {
    create: useMutation({ mutationFn: createTags, onSettled }),
    change: useMutation({ mutationFn: changeItem, onSettled }),
    remove: useMutation({ mutationFn: deleteItem, onSettled }),
    order: useMutation({ mutationFn: orderItems, onSettled }),
  };
}

export function useTagsOf(customerId: number) {
  return useQuery({
    queryKey: [...TAGS_KEY, "customer", customerId],
    queryFn: () => tagsOf(customerId),
  });
}

export function useMarkOne() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: markOne,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: TAGS_KEY }),
        client.invalidateQueries({ queryKey: ["customers"] }),
      ]),
  });
}

export function useMarkings() {
  return useQuery({
    queryKey: [...TAGS_KEY, "markings"],
    queryFn: listMarkings,
    refetchInterval: ({ state }) =>
      state.data?.some((one) => one.finished_at === null) ? AT_WORK_MS : false,
  });
}

export function useStartMarking() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: startMarking,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: TAGS_KEY }),
        client.invalidateQueries({ queryKey: JOBS_KEY }),
      ]),
  });
}

export function useTagRules() {
  return useQuery({ queryKey: [...TAGS_KEY, "rules"], queryFn: listRules });
}

export function useBehaviours() {
  return useQuery({
    queryKey: [...TAGS_KEY, "behaviours"],
    queryFn: listBehaviours,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useRuleActs() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: TAGS_KEY });
  return {
    save: useMutation({ mutationFn: saveRule, onSuccess }),
    remove: useMutation({ mutationFn: removeRule, onSuccess }),
  };
}
