import { api, take } from "@kit/api/client.ts";
import type { Channel, ChannelWrite, Page } from "@kit/api/types.ts";

export function listChannels(query: { cursor?: string; limit?: number }): Promise<Page<Channel>> {
  return take<Page<Channel>>(api.GET("/api/channels", { params: { query } }));
}

export function saveChannel({ id, body }: { id?: number; body: ChannelWrite }): Promise<Channel> {
  if (id === undefined) return take<Channel>(api.POST("/api/channels", { body }));
  return take<Channel>(api.PATCH("/api/channels/{id}", { params: { path: { id } }, body }));
}

/** How many people saw it (cards printed, posters put up): only the planner knows. */
export function addExposures({ id, count }: { id: number; count: number }): Promise<void> {
  return take<void>(
    api.POST("/api/channels/{id}/exposures", { params: { path: { id } }, body: { count } }),
  );
}
