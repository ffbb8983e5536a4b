import { api, take } from "@kit/api/client.ts";
import type { Job, JobState, Page } from "@kit/api/types.ts";

export function listJobs(query: { state?: JobState; cursor?: string }): Promise<Page<Job>> {
  return take<Page<Job>>(api.GET("/api/jobs", { params: { query } }));
}

export type JobAct = "cancel" | "resume" | "retry";

export function actOnJob({ id, act }: { id: number; act: JobAct }): Promise<void> {
  const params = { path: { id } };
  if (act === "cancel") return take<void>(api.POST("/api/jobs/{id}/cancel", { params }));
  if (act === "resume") return take<void>(api.POST("/api/jobs/{id}/resume", { params }));
  return take<void>(api.POST("/api/jobs/{id}/retry", { params }));
}
