import { api, done, take } from "@kit/api/client.ts";
import type {
  MarkEstimate,
  Marking,
  MarkMany,
  MarkOne,
  NewTags,
  TagChange,
  TagLibrary,
  TagMark,
  TagOrder,
  TagRule,
  TagRuleDraft,
} from "@kit/api/types.ts";

export function listTags(): Promise<TagLibrary> {
  return take(api.GET("/api/tags", {}));
}

export function syncTags(): Promise<void> {
  return done(api.POST("/api/tags/sync", {}));
}

export function createTags(body: NewTags): Promise<void> {
  return done(api.POST("/api/tags", { body }));
}

export type ItemChange = { id: number; group: boolean; change: TagChange };

export function changeItem({ id, group, change }: ItemChange): Promise<void> {
  return group
    ? done(
        api.PATCH("/api/tags/groups/{group_id}", {
          params: { path: { group_id: id } },
          body: change,
        }),
      )
    : done(api.PATCH("/api/tags/{tag_id}", { params: { path: { tag_id: id } }, body: change }));
}

export function deleteItem({ id, group }: { id: number; group: boolean }): Promise<void> {
  return group
    ? done(api.DELETE("/api/tags/groups/{group_id}", { params: { path: { group_id: id } } }))
    : done(api.DELETE("/api/tags/{tag_id}", { params: { path: { tag_id: id } } }));
}

export function orderItems(body: TagOrder): Promise<void> {
  return done(api.PUT("/api/tags/order", { body }));
}

export async function tagsOf(customer_id: number): Promise<TagMark[]> {
  const found = await take(
    api.GET("/api/customers/{customer_id}/tags", { params: { path: { customer_id } } }),
  );
  return found.items;
}

export function markOne({ customerId, ...body }: MarkOne & { customerId: number }): Promise<void> {
  return done(
    api.POST("/api/customers/{customer_id}/tags", {
      params: { path: { customer_id: customerId } },
      body,
    }),
  );
}

export function listMarkings(): Promise<Marking[]> {
  return take(api.GET("/api/tags/markings", {}));
}

export function estimateMarking(body: MarkMany): Promise<MarkEstimate> {
  return take(api.POST("/api/tags/markings/estimate", { body }));
}

export function startMarking(body: MarkMany): Promise<unknown> {
  return take(api.POST("/api/tags/markings", { body }));
}

export function listRules(): Promise<TagRule[]> {
  return take(api.GET("/api/tags/rules", {}));
}

export function listBehaviours(): Promise<{ type: string; title: string }[]> {
  return take(api.GET("/api/tags/rules/behaviours", {}));
}

export function saveRule({ id, draft }: { id: number | null; draft: TagRuleDraft }): Promise<void> {
  return id === null
    ? done(api.POST("/api/tags/rules", { body: draft }))
    : done(
        api.PUT("/api/tags/rules/{rule_id}", { params: { path: { rule_id: id } }, body: draft }),
      );
}

export function removeRule(rule_id: number): Promise<void> {
  return done(api.DELETE("/api/tags/rules/{rule_id}", { params: { path: { rule_id } } }));
}

export function previewRule(
  body: TagRuleDraft,
): Promise<{ people: number | null; at_least: boolean }> {
  return take(api.POST("/api/tags/rules/preview", { body }));
}
