import { api, take } from "@kit/api/client.ts";
import type { AuditEntry, Page } from "@kit/api/types.ts";

export function listAudit(query: { cursor?: string }): Promise<Page<AuditEntry>> {
  return take(api.GET("/api/audit", { params: { query } }));
}
