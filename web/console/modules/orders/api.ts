import { api, take } from "@kit/api/client.ts";
import type { Order, OrderFull, OrderSource, OrderSourceWithSecret, Page } from "@kit/api/types.ts";

export const ORDER_FILTERS = ["q", "channel", "staff", "method", "customer"] as const;
export type OrderFilters = Partial<Record<(typeof ORDER_FILTERS)[number], string>>;

export function listOrders(query: OrderFilters & { cursor?: string }): Promise<Page<Order>> {
  return take<Page<Order>>(api.GET("/api/orders", { params: { query } }));
}

export function readOrder(id: number): Promise<OrderFull> {
  return take<OrderFull>(api.GET("/api/orders/{id}", { params: { path: { id } } }));
}

export function listOrderSources(): Promise<OrderSource[]> {
  return take<OrderSource[]>(api.GET("/api/order-sources", {}));
}

export function makeOrderSource(body: { name: string }): Promise<OrderSourceWithSecret> {
  return take<OrderSourceWithSecret>(api.POST("/api/order-sources", { body }));
}

function at(source_id: number) {
  return { params: { path: { source_id } } };
}

/** A new secret; the old one is worthless from now on. */
export function rotateSecret(id: number): Promise<OrderSourceWithSecret> {
  return take<OrderSourceWithSecret>(api.POST("/api/order-sources/{source_id}/rotate", at(id)));
}

export function switchOrderSource({ id, enabled }: { id: number; enabled: boolean }) {
  return take<OrderSource>(
    enabled
      ? api.POST("/api/order-sources/{source_id}/enable", at(id))
      : api.POST("/api/order-sources/{source_id}/disable", at(id)),
  );
}
