import { api, take } from "@kit/api/client.ts";
import type {
  AttentionList,
  CustomerBehind,
  Dashboard,
  FirstSteps,
  LatestFact,
  Metric,
  OrderBehind,
  Page,
} from "@kit/api/types.ts";

/** Days in the tenant's zone, both included. */
export type Period = { from: string; to: string };

export function readDashboard(query: Period): Promise<Dashboard> {
  return take(api.GET("/api/dashboard", { params: { query } }));
}

export function readAttention(): Promise<AttentionList> {
  return take(api.GET("/api/attention", {}));
}

/** What happened last, newest first. */
export function readLatestFacts(type: string[], limit: number): Promise<LatestFact[]> {
  return take(api.GET("/api/events/recent", { params: { query: { type, limit } } }));
}

export function readFirstSteps(): Promise<FirstSteps> {
  return take(api.GET("/api/first-steps", {}));
}

export function readMetrics(): Promise<Metric[]> {
  return take(api.GET("/api/metrics", {}));
}

type Behind = Period & { cursor?: string };

export function listPeopleBehind(key: string, query: Behind): Promise<Page<CustomerBehind>> {
  return take(api.GET("/api/metrics/{key}/people", { params: { path: { key }, query } }));
}

export function listOrdersBehind(key: string, query: Behind): Promise<Page<OrderBehind>> {
  return take(api.GET("/api/metrics/{key}/orders", { params: { path: { key }, query } }));
}
