import { api, take } from "@kit/api/client.ts";
import type { Customer, CustomerRow, Page, TimelineEntry } from "@kit/api/types.ts";

export const CUSTOMER_FILTERS = ["q", "tag", "staff", "channel", "live_code", "state"] as const;
export type CustomerFilters = Partial<Record<(typeof CUSTOMER_FILTERS)[number], string>>;

export function listCustomers(
  query: CustomerFilters & { cursor?: string; limit?: number },
): Promise<Page<CustomerRow>> {
  return take<Page<CustomerRow>>(api.GET("/api/customers", { params: { query } }));
}

export function readCustomer(id: number): Promise<Customer> {
  return take<Customer>(api.GET("/api/customers/{id}", { params: { path: { id } } }));
}

export function readTimeline(
  id: number,
  query: { kind?: string; cursor?: string },
): Promise<Page<TimelineEntry>> {
  return take<Page<TimelineEntry>>(
    api.GET("/api/customers/{id}/timeline", { params: { path: { id }, query } }),
  );
}
