import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { archiveMaterial, publishMaterial, readMaterial, saveMaterial } from "../api.ts";

export const MATERIALS_KEY = ["materials"] as const;

export function useMaterial(id: number) {
  return useQuery({ queryKey: [...MATERIALS_KEY, id], queryFn: () => readMaterial(id) });
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
