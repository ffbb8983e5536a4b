import { api, done, take } from "@kit/api/client.ts";
import type { LiveCode, LiveCodeWrite, Page } from "@kit/api/types.ts";

export function listLiveCodes(query: {
  q?: string;
  channel?: number;
  state?: string;
  cursor?: string;
  limit?: number;
}): Promise<Page<LiveCode>> {
  return take(api.GET("/api/live-codes", { params: { query } }));
}

export function readLiveCode(id: number): Promise<LiveCode> {
  return take(
    api.GET("/api/live-codes/{live_code_id}", { params: { path: { live_code_id: id } } }),
  );
}

export function saveLiveCode({ id, body }: { id?: number; body: LiveCodeWrite }) {
  if (id === undefined) return take(api.POST("/api/live-codes", { body }));
  return take(
    api.PUT("/api/live-codes/{live_code_id}", { params: { path: { live_code_id: id } }, body }),
  );
}

export function deleteLiveCode(id: number): Promise<void> {
  return done(
    api.DELETE("/api/live-codes/{live_code_id}", { params: { path: { live_code_id: id } } }),
  );
}

export function retryLiveCode(id: number): Promise<void> {
  return done(
    api.POST("/api/live-codes/{live_code_id}/retry", { params: { path: { live_code_id: id } } }),
  );
}

/** The picture to print; the browser loads it with the session's cookie. */
export function qrPicture(id: number): string {
  return `/api/live-codes/${id}/qr.png`;
}
