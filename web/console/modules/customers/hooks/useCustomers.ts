import { usePages } from "@kit/desk/list/usePages.ts";
import { useRefreshing } from "@kit/realtime/useRefreshing.ts";
import { useQuery } from "@tanstack/react-query";
import { type CustomerFilters, listCustomers, readCustomer, readTimeline } from "../api.ts";

export const CUSTOMERS_KEY = ["customers"] as const;

/** A list is read page by page, so it is read anew less often than one customer. */
const LIST_PAUSE_MS = 3_000;

export function useCustomers(filters: CustomerFilters) {
  return usePages([...CUSTOMERS_KEY, "list", filters], (cursor) =>
    listCustomers({ ...filters, cursor }),
  );
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
