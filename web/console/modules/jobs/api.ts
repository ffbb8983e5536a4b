import { api, done, take } from "@kit/api/client.ts";
import type { Job, Page, Troubles } from "@kit/api/types.ts";

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
