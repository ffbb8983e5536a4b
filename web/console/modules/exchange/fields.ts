import { api, take } from "@kit/api/client.ts";
import { useQuery } from "@tanstack/react-query";

/** The custom fields that a column can fill. */
export function useFieldChoices() {
  const query = useQuery({
    queryKey: ["fields"],
    queryFn: () => take(api.GET("/api/fields")),
  });
  return query.data?.items.map((field) => ({ value: field.id, label: field.name })) ?? [];
}
