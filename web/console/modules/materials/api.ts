import { api, take } from "@kit/api/client.ts";
import type { Material, MaterialDraft, MaterialFull, Page } from "@kit/api/types.ts";
import type { MATERIAL_STATES } from "./words.ts";

export function listMaterials(query: {
  state?: (typeof MATERIAL_STATES)[number];
  topic?: string;
  cursor?: string;
  limit?: number;
}): Promise<Page<Material>> {
  return take(api.GET("/api/materials", { params: { query } }));
}

function at(material_id: number) {
  return { params: { path: { material_id } } };
}

export function readMaterial(id: number): Promise<MaterialFull> {
  return take(api.GET("/api/materials/{material_id}", at(id)));
}

export function saveMaterial({ id, body }: { id?: number; body: MaterialDraft }) {
  if (id === undefined) return take(api.POST("/api/materials", { body }));
  return take(api.PUT("/api/materials/{material_id}", { ...at(id), body }));
}

export function publishMaterial(id: number): Promise<MaterialFull> {
  return take(api.POST("/api/materials/{material_id}/publish", at(id)));
}

export function archiveMaterial(id: number): Promise<MaterialFull> {
  return take(api.POST("/api/materials/{material_id}/archive", at(id)));
}
