import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  archiveMaterial,
  listMaterials,
  publishMaterial,
  readMaterial,
  saveMaterial,
} from "../api.ts";

export const MATERIALS_KEY = ["materials"] as const;

export function useMaterial(id: number) {
  return useQuery({ queryKey: [...MATERIALS_KEY, id], queryFn: () => readMaterial(id) });
}

const CHOICES = 200;

/** The articles that may be sent now, the latest first. */
export function useSendable(enabled = true) {
  return useQuery({
    queryKey: [...MATERIALS_KEY, "sendable"],
    queryFn: async () => (await listMaterials({ state: "published", limit: CHOICES })).items,
    enabled,
  });
}

export function useMaterialActs() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: MATERIALS_KEY });
  return {
    save: useMutation({ mutationFn: saveMaterial, onSuccess }),
    publish: useMutation({ mutationFn: publishMaterial, onSuccess }),
    archive: useMutation({ mutationFn: archiveMaterial, onSuccess }),
  };
}
