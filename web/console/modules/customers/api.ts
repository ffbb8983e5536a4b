import { api, take } from "@kit/api/client.ts";
import type { CustomerRow, Page } from "@kit/api/types.ts";

export type CustomerFilters = {
  q?: string;
  tag?: string;
  staff?: string;
  channel?: string;
  state?: string;
};

export function listCustomers(
  query: CustomerFilters & { cursor?: string; limit?: number },
): Promise<Page<CustomerRow>> {
  return take<Page<CustomerRow>>(api.GET("/api/customers", { params: { query } }));
}
