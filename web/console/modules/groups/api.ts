import { api, take } from "@kit/api/client.ts";
import type { Group, GroupMember, GroupRow, Page } from "@kit/api/types.ts";
import { numberOf } from "@kit/desk/list/numbers.ts";

export const GROUP_FILTERS = ["q", "owner", "state"] as const;
export const GROUP_STATES = ["active", "owner_left", "dismissed", "all"] as const;

type InAddress = Partial<Record<(typeof GROUP_FILTERS)[number], string>>;

export type GroupFilters = {
  q?: string;
  owner?: number;
  state?: (typeof GROUP_STATES)[number];
};

/** Filters as the address has them, without what no group could match. */
export function filtersOf(values: InAddress): GroupFilters {
  return {
    q: values.q,
    owner: numberOf(values.owner),
    state: GROUP_STATES.find((state) => state === values.state),
  };
}

export function listGroups(query: GroupFilters & { cursor?: string }): Promise<Page<GroupRow>> {
  return take(api.GET("/api/groups", { params: { query } }));
}

export function readGroup(group_id: number): Promise<Group> {
  return take(api.GET("/api/groups/{group_id}", { params: { path: { group_id } } }));
}

export function listMembers(
  group_id: number,
  query: { past: boolean; cursor?: string },
): Promise<Page<GroupMember>> {
  return take(api.GET("/api/groups/{group_id}/members", { params: { path: { group_id }, query } }));
}
