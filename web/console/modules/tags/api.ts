import { api, done, take } from "@kit/api/client.ts";
import type { TagLibrary } from "@kit/api/types.ts";

export function listTags(): Promise<TagLibrary> {
  return take(api.GET("/api/tags", {}));
}

export function syncTags(): Promise<void> {
  return done(api.POST("/api/tags/sync", {}));
}
