import { api, take } from "@kit/api/client.ts";
import type { Material, Page } from "@kit/api/types.ts";

export function listMaterials(query: {
  q?: string;
  state?: string;
  cursor?: string;
  limit?: number;
}): Promise<Page<Material>> {
  return take<Page<Material>>(api.GET("/api/materials", { params: { query } }));
}
