import { usePages } from "@kit/desk/list/usePages.ts";
import { useQuery } from "@tanstack/react-query";
import { type GroupFilters, listGroups, listMembers, readGroup } from "./api.ts";

const GROUPS_KEY = ["groups"] as const;

export function useGroups(filters: GroupFilters) {
  return usePages([...GROUPS_KEY, "list", filters], (cursor) => listGroups({ ...filters, cursor }));
}

export function useGroup(id: number) {
  return useQuery({ queryKey: [...GROUPS_KEY, id], queryFn: () => readGroup(id) });
}

export function useMembers(id: number, past: boolean) {
  return usePages([...GROUPS_KEY, id, "members", past], (cursor) =>
    listMembers(id, { past, cursor }),
  );
}
