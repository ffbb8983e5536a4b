import { usePages } from "@kit/desk/list/usePages.ts";
import { useRefreshing } from "@kit/realtime/useRefreshing.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type CustomerFilters,
  changeView,
  countCustomers,
  keepView,
  listCustomers,
  listViews,
  type Rule,
  readCustomer,
  readTimeline,
  removeView,
  saveAudience,
} from "../api.ts";

export const CUSTOMERS_KEY = ["customers"] as const;

/** A list is read page by page, so it is read anew less often than one customer. */
const LIST_PAUSE_MS = 3_000;

export function useCustomers(filters: CustomerFilters) {
  return usePages([...CUSTOMERS_KEY, "list", filters], (cursor) =>
    listCustomers({ ...filters, cursor }),
  );
}

/** How many the list has, where its pages do not say so; a failure shows no number. */
export function useCustomerCount(filters: CustomerFilters, enabled: boolean) {
  return useQuery({
    queryKey: [...CUSTOMERS_KEY, "count", filters],
    queryFn: () => countCustomers(filters),
    enabled,
    retry: false,
  });
}

/** Saves filters as a dynamic audience. */
export function useSaveAudience() {
  return useMutation({
    mutationFn: ({ name, rule }: { name: string; rule: Rule }) => saveAudience(name, rule),
  });
}

const VIEWS_KEY = ["customer-views"] as const;

export function useKeptViews() {
  return useQuery({ queryKey: VIEWS_KEY, queryFn: listViews });
}

export function useViewActs() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: VIEWS_KEY });
  return {
    keep: useMutation({ mutationFn: keepView, onSuccess }),
    change: useMutation({ mutationFn: changeView, onSuccess }),
    remove: useMutation({ mutationFn: removeView, onSuccess }),
  };
}

export function useCustomer(id: number) {
  return useQuery({ queryKey: [...CUSTOMERS_KEY, id], queryFn: () => readCustomer(id) });
}

export function useTimeline(id: number, kind: string | undefined) {
  return usePages([...CUSTOMERS_KEY, id, "timeline", kind], (cursor) =>
    readTimeline(id, { kind, cursor }),
  );
}

/** Follows what customers do while the page is open. */
export function useCustomerNews(id?: number) {
  useRefreshing(
    CUSTOMERS_KEY,
    (fact) => id === undefined || fact.customer_id === id,
    id === undefined ? LIST_PAUSE_MS : undefined,
  );
}
