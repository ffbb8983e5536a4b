import { api, take } from "@kit/api/client.ts";
import type { TagGroup } from "@kit/api/types.ts";

export function listTags(): Promise<{ items: TagGroup[] }> {
  return take<{ items: TagGroup[] }>(api.GET("/api/tags", {}));
}

export function syncTags(): Promise<void> {
  return take<void>(api.POST("/api/tags/sync", {}));
}
