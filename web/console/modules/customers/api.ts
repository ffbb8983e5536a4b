import { api, take } from "@kit/api/client.ts";
import type { Customer, CustomerRow, Page, TimelineEntry } from "@kit/api/types.ts";
import { numberOf } from "@kit/desk/list/numbers.ts";

export const CUSTOMER_FILTERS = ["q", "tag", "staff", "channel", "live_code", "state"] as const;
type InAddress = Partial<Record<(typeof CUSTOMER_FILTERS)[number], string>>;

export type CustomerFilters = {
  q?: string;
  tag?: number[];
  staff?: number;
  channel?: number;
  live_code?: number;
  state?: "active" | "lost";
};

/** Filters as the address has them, without what no customer could match. */
export function filtersOf(values: InAddress): CustomerFilters {
  const tag = numberOf(values.tag);
  return {
    q: values.q,
    tag: tag === undefined ? undefined : [tag],
    staff: numberOf(values.staff),
    channel: numberOf(values.channel),
    live_code: numberOf(values.live_code),
    state: values.state === "active" || values.state === "lost" ? values.state : undefined,
  };
}

export function listCustomers(
  query: CustomerFilters & { cursor?: string; limit?: number },
): Promise<Page<CustomerRow>> {
  return take(api.GET("/api/customers", { params: { query } }));
}

export function readCustomer(customer_id: number): Promise<Customer> {
  return take(api.GET("/api/customers/{customer_id}", { params: { path: { customer_id } } }));
}

export function readTimeline(
  customer_id: number,
  query: { kind?: string; cursor?: string },
): Promise<Page<TimelineEntry>> {
  return take(
    api.GET("/api/customers/{customer_id}/timeline", {
      params: { path: { customer_id }, query },
    }),
  );
}
