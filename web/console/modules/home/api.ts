import { api, take } from "@kit/api/client.ts";
import type { CustomerRow, Dashboard, Order, Page, RankingRow } from "@kit/api/types.ts";

/** Days in the tenant's zone, both included. */
export type Period = { from: string; to: string };

export function readDashboard(query: Period): Promise<Dashboard> {
  return take<Dashboard>(api.GET("/api/dashboard", { params: { query } }));
}

export function readRanking(query: Period): Promise<{ items: RankingRow[] }> {
  return take<{ items: RankingRow[] }>(api.GET("/api/ranking", { params: { query } }));
}

type Behind = Period & { cursor?: string };

export function listMetricPeople(key: string, query: Behind): Promise<Page<CustomerRow>> {
  return take<Page<CustomerRow>>(
    api.GET("/api/metrics/{key}/people", { params: { path: { key }, query } }),
  );
}

export function listMetricOrders(key: string, query: Behind): Promise<Page<Order>> {
  return take<Page<Order>>(
    api.GET("/api/metrics/{key}/orders", { params: { path: { key }, query } }),
  );
}
