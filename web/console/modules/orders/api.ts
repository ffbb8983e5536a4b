import { api, take } from "@kit/api/client.ts";
import type { Order, OrderFull, OrderSource, OrderSourceMade, Page } from "@kit/api/types.ts";

export const ORDER_FILTERS = ["q", "channel", "staff", "method", "customer"] as const;
export type OrderFilters = Partial<Record<(typeof ORDER_FILTERS)[number], string>>;

export function listOrders(query: OrderFilters & { cursor?: string }): Promise<Page<Order>> {
  return take<Page<Order>>(api.GET("/api/orders", { params: { query } }));
}

export function readOrder(id: number): Promise<OrderFull> {
  return take<OrderFull>(api.GET("/api/orders/{id}", { params: { path: { id } } }));
}

export function listOrderSources(): Promise<Page<OrderSource>> {
  return take<Page<OrderSource>>(api.GET("/api/order-sources", {}));
}

export function makeOrderSource(body: { name: string }): Promise<OrderSourceMade> {
  return take<OrderSourceMade>(api.POST("/api/order-sources", { body }));
}
