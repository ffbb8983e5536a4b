import { api, done, take } from "@kit/api/client.ts";
import type { CallbackFull, CallbackRow, CallbackState, Page } from "@kit/api/types.ts";

function at(callback_id: number) {
  return { params: { path: { callback_id } } };
}

export function listCallbacks(query: {
  state?: CallbackState;
  cursor?: string;
}): Promise<Page<CallbackRow>> {
  return take(api.GET("/api/callbacks", { params: { query: { ...query, limit: 50 } } }));
}

export function readCallback(id: number): Promise<CallbackFull> {
  return take(api.GET("/api/callbacks/{callback_id}", at(id)));
}

export function retryCallback(id: number): Promise<void> {
  return done(api.POST("/api/callbacks/{callback_id}/retry", at(id)));
}
