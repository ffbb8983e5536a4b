/** What other rooms know of a customer, as far as this page shows it. */

export type OrderPanel = {
  id: number;
  external_id: string;
  state: "paid" | "refunded" | "part_refunded";
  paid_at: string;
  amount_fen: number;
  refunded_fen: number;
};
export type ReadingPanel = { times: number; last_at: string | null };

/** The panels of a customer's page; a panel that is missing shows nothing. */
export function panelsOf(panels: Record<string, unknown>): {
  orders: OrderPanel[];
  readings: ReadingPanel | null;
} {
  const { orders, readings } = panels;
  return {
    orders: Array.isArray(orders) ? (orders as OrderPanel[]) : [],
    readings: typeof readings === "object" ? (readings as ReadingPanel | null) : null,
  };
}
