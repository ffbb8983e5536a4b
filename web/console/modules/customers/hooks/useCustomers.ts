import { usePages } from "@kit/desk/list/usePages.ts";
import { useRefreshing } from "@kit/realtime/useRefreshing.ts";
import { useSession } from "@kit/session/session.ts";
import { hashKey, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { JOBS_KEY, useJobsAtWork } from "../../jobs/hooks/useJobs.ts";
import {
  type Act,
  beginAct,
  type CustomerFilters,
  changeView,
  countCustomers,
  freeze,
  keepView,
  leftOutOf,
  listCustomers,
  listViews,
  type Order,
  type Rule,
  readCustomer,
  readTimeline,
  removeView,
  type Selection,
  type SelectionDraft,
  saveAudience,
} from "../api.ts";

export const CUSTOMERS_KEY = ["customers"] as const;

/** A list is read page by page, so it is read anew less often than one customer. */
const LIST_PAUSE_MS = 3_000;

export function useCustomers(filters: CustomerFilters, order: Order | undefined) {
  const list = [...CUSTOMERS_KEY, "list", filters];
  return usePages([...list, order], (cursor) => listCustomers({ ...filters, order, cursor }), {
    // Sorted otherwise it is the same list: its headings stay, and who went to one by key stays.
    placeholderData: (before, query) =>
      query && hashKey(query.queryKey.slice(0, -1)) === hashKey(list) ? before : undefined,
  });
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

/** How many fit but are nobody's contact, so that the list leaves them out. */
export function useLeftOut(wanted: CustomerFilters): number {
  const { scope } = useSession();
  const asked = leftOutOf(wanted);
  // Who sees some customers only, sees nobody's not at all.
  const count = useCustomerCount(asked ?? wanted, asked !== undefined && scope === "all");
  return asked ? (count.data ?? 0) : 0;
}

/** Saves filters as a dynamic audience. */
export function useSaveAudience() {
  return useMutation({
    mutationFn: ({ name, rule }: { name: string; rule: Rule }) => saveAudience(name, rule),
  });
}

/** Who is chosen, frozen once for as long as `key` stays the same. */
export function useSelection(key: string, wanted: SelectionDraft) {
  return useQuery({
    queryKey: ["customer-selections", key],
    queryFn: () => freeze(wanted),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

export function useAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ selection, act }: { selection: Selection; act: Act }) =>
      beginAct(selection, act),
    onSettled: () =>
      Promise.all(
        [CUSTOMERS_KEY, JOBS_KEY, ["audiences"]].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

/** Reads the list anew once a long job ended: it may have been about everybody shown. */
export function useAfterJobs(enabled: boolean) {
  const client = useQueryClient();
  const atWork = useJobsAtWork(enabled).jobs.length;
  const before = useRef(atWork);
  useEffect(() => {
    if (atWork < before.current) client.invalidateQueries({ queryKey: CUSTOMERS_KEY });
    before.current = atWork;
  }, [atWork, client]);
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
