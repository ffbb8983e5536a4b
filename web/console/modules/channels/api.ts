import { api, done, take } from "@kit/api/client.ts";
import type { Channel, ChannelName, Exposure, NewChannel, Page } from "@kit/api/types.ts";

export function listChannels(query: { cursor?: string; limit?: number }): Promise<Page<Channel>> {
  return take(api.GET("/api/channels", { params: { query } }));
}

/** All channels to choose from, without their figures. */
export async function listChannelNames(): Promise<ChannelName[]> {
  return (await take(api.GET("/api/channels/names", {}))).items;
}

export function saveChannel({ id, body }: { id?: number; body: NewChannel }): Promise<Channel> {
  if (id === undefined) return take(api.POST("/api/channels", { body }));
  return take(
    api.PATCH("/api/channels/{channel_id}", { params: { path: { channel_id: id } }, body }),
  );
}

/** How many people saw it (cards printed, posters put up) and what that cost: only the planner knows. */
export function addExposure({ id, body }: { id: number; body: Exposure }): Promise<void> {
  return done(
    api.POST("/api/channels/{channel_id}/exposures", {
      params: { path: { channel_id: id } },
      body,
    }),
  );
}
