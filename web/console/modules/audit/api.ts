import { api, take } from "@kit/api/client.ts";
import type { AuditEntry, Page } from "@kit/api/types.ts";

export type AuditQuery = {
  /** The number of an employee; 0 for what siyu did by itself. */
  actor?: number;
  action?: string;
  from?: string;
  to?: string;
  cursor?: string;
};

export function listAudit(query: AuditQuery): Promise<Page<AuditEntry>> {
  return take(api.GET("/api/audit", { params: { query } }));
}
