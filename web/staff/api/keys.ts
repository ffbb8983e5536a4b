/** Names under which answers are remembered. */
export const keys = {
  today: ["today"] as const,
  me: ["me"] as const,
  customers: ["customers"] as const,
  customer: (id: number) => ["customer", id] as const,
  trail: (id: number) => ["trail", id] as const,
  materials: ["materials"] as const,
  ranking: ["ranking"] as const,
  chat: ["chat"] as const,
  beside: ["chat", "beside"] as const,
};
