import { api, take } from "@kit/api/client.ts";
import type { Order, OrderFull, OrderSource, OrderSourceWithSecret, Page } from "@kit/api/types.ts";
import { numberOf } from "@kit/desk/list/numbers.ts";
import { ORDER_METHODS, ORDER_STATES } from "./words.ts";

export const ORDER_FILTERS = ["status", "method", "channel", "staff"] as const;

export type OrderFilters = {
  status?: (typeof ORDER_STATES)[number];
  method?: (typeof ORDER_METHODS)[number];
  channel?: number;
  staff?: number;
  customer?: number;
};

/** Filters as the address has them, without what no order could match. */
export function filtersOf(values: Partial<Record<(typeof ORDER_FILTERS)[number], string>>) {
  return {
    status: ORDER_STATES.find((one) => one === values.status),
    method: ORDER_METHODS.find((one) => one === values.method),
    channel: numberOf(values.channel),
    staff: numberOf(values.staff),
  } satisfies OrderFilters;
}

export function listOrders(query: OrderFilters & { cursor?: string }): Promise<Page<Order>> {
  return take(api.GET("/api/orders", { params: { query } }));
}

export function readOrder(order_id: number): Promise<OrderFull> {
  return take(api.GET("/api/orders/{order_id}", { params: { path: { order_id } } }));
}

export function listOrderSources(): Promise<OrderSource[]> {
  return take(api.GET("/api/order-sources", {}));
}

export function makeOrderSource(body: { name: string }): Promise<OrderSourceWithSecret> {
  return take(api.POST("/api/order-sources", { body }));
}

function at(source_id: number) {
  return { params: { path: { source_id } } };
}

/** A new secret; the old one is worthless from now on. */
export function rotateSecret(id: number): Promise<OrderSourceWithSecret> {
  return take(api.POST("/api/order-sources/{source_id}/rotate", at(id)));
}

export function switchOrderSource({ id, enabled }: { id: number; enabled: boolean }) {
  return take(
    enabled
      ? api.POST("/api/order-sources/{source_id}/enable", at(id))
      : api.POST("/api/order-sources/{source_id}/disable", at(id)),
  );
}
