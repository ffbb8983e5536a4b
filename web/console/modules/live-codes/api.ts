import { api, take } from "@kit/api/client.ts";
import type { LiveCode, Page } from "@kit/api/types.ts";

export function listLiveCodes(query: {
  q?: string;
  cursor?: string;
  limit?: number;
}): Promise<Page<LiveCode>> {
  return take<Page<LiveCode>>(api.GET("/api/live-codes", { params: { query } }));
}
