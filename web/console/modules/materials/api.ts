import { api, take } from "@kit/api/client.ts";
import type { Material, MaterialDraft, MaterialFull, MaterialState, Page } from "@kit/api/types.ts";

export function listMaterials(query: {
  state?: MaterialState;
  topic?: string;
  cursor?: string;
  limit?: number;
}): Promise<Page<Material>> {
  return take<Page<Material>>(api.GET("/api/materials", { params: { query } }));
}

function at(material_id: number) {
  return { params: { path: { material_id } } };
}

export function readMaterial(id: number): Promise<MaterialFull> {
  return take<MaterialFull>(api.GET("/api/materials/{material_id}", at(id)));
}

export function saveMaterial({ id, body }: { id?: number; body: MaterialDraft }) {
  if (id === undefined) return take<MaterialFull>(api.POST("/api/materials", { body }));
  return take<MaterialFull>(api.PUT("/api/materials/{material_id}", { ...at(id), body }));
}

export function publishMaterial(id: number): Promise<MaterialFull> {
  return take<MaterialFull>(api.POST("/api/materials/{material_id}/publish", at(id)));
}

export function archiveMaterial(id: number): Promise<MaterialFull> {
  return take<MaterialFull>(api.POST("/api/materials/{material_id}/archive", at(id)));
}
