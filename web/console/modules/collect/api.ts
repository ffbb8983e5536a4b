import { api, take } from "@kit/api/client.ts";
import type { CollectSource, CollectSourceDraft } from "@kit/api/types.ts";

export function listCollectSources(): Promise<CollectSource[]> {
  return take(api.GET("/api/collect-sources", {}));
}

export function makeCollectSource(body: CollectSourceDraft): Promise<CollectSource> {
  return take(api.POST("/api/collect-sources", { body }));
}

export function turnCollectSource({ id, enabled }: { id: number; enabled: boolean }) {
  const at = { params: { path: { source_id: id } } };
  return take(
    enabled
      ? api.POST("/api/collect-sources/{source_id}/enable", at)
      : api.POST("/api/collect-sources/{source_id}/disable", at),
  );
}
