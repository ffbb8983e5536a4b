import { api, done, take } from "@kit/api/client.ts";
import type { Difference, Job, Page, Reconciliation, Troubles } from "@kit/api/types.ts";

export function listJobs(query: { cursor?: string; limit?: number }): Promise<Page<Job>> {
  return take(api.GET("/api/jobs", { params: { query } }));
}

export function cancelJob(run_id: number): Promise<void> {
  return done(api.POST("/api/jobs/{run_id}/cancel", { params: { path: { run_id } } }));
}

export function resumeJob(run_id: number): Promise<void> {
  return done(api.POST("/api/jobs/{run_id}/resume", { params: { path: { run_id } } }));
}

export function readTroubles(): Promise<Troubles> {
  return take(api.GET("/api/jobs/troubles", {}));
}

export function retryFailed(job_id: number): Promise<void> {
  return done(api.POST("/api/jobs/failed/{job_id}/retry", { params: { path: { job_id } } }));
}

export function dismissParked(path: { reader: string; position: number }): Promise<void> {
  return done(api.DELETE("/api/jobs/parked/{reader}/{position}", { params: { path } }));
}

export function readReconciliation(): Promise<Reconciliation> {
  return take(api.GET("/api/reconciliation", {}));
}

export function beginReconciliation(): Promise<void> {
  return done(api.POST("/api/reconciliation", {}));
}

export function planReconciliation(body: Reconciliation["plan"]): Promise<void> {
  return done(api.PUT("/api/reconciliation/plan", { body }));
}

export function listDifferences(run_id: number, cursor?: string): Promise<Page<Difference>> {
  const params = { path: { run_id }, query: { cursor } };
  return take(api.GET("/api/reconciliation/{run_id}/differences", { params }));
}
