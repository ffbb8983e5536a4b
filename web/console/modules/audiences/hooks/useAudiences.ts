import type { Build } from "@kit/api/types.ts";
import { usePages } from "@kit/desk/list/usePages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { JOBS_KEY } from "../../jobs/hooks/useJobs.ts";
import {
  type AudienceFilters,
  addNamed,
  archiveAudience,
  audiencesOf,
  buildAudience,
  cancelBuild,
  changeAudience,
  copyAudience,
  createAudience,
  listAudienceMembers,
  listAudiences,
  listVersions,
  readAudience,
  readSizes,
  removePeople,
} from "../api.ts";

export const AUDIENCES_KEY = ["audiences"] as const;

const AT_WORK = new Set<Build["state"]>(["waiting", "running", "cancelling"]);
const LOOK_MS = 1_500;
const REST_MS = 30_000;

export function isBuilding(build: Build | null): boolean {
  return build !== null && AT_WORK.has(build.state);
}

export function useAudiences(filters: AudienceFilters) {
  return usePages(
    [...AUDIENCES_KEY, "list", filters],
    (cursor) => listAudiences({ ...filters, cursor }),
    { refetchInterval: REST_MS },
  );
}

/** One audience; asked again quickly while it is being built. */
export function useAudience(id: number | undefined) {
  return useQuery({
    queryKey: [...AUDIENCES_KEY, id],
    queryFn: () => readAudience(id ?? 0),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => {
      if (!state.data) return false;
      const settled = state.data.state === "ready" && !isBuilding(state.data.build);
      return settled ? REST_MS : LOOK_MS;
    },
  });
}

export function useVersions(id: number) {
  return usePages([...AUDIENCES_KEY, id, "versions"], (cursor) => listVersions(id, cursor));
}

/** Members as of the last build; `builtAt` in the key, so that a build shows its own. */
export function useAudienceMembers(id: number, builtAt: string | null) {
  return usePages([...AUDIENCES_KEY, id, "members", builtAt], (cursor) =>
    listAudienceMembers(id, cursor),
  );
}

export function useSizes(id: number, days: number) {
  return useQuery({
    queryKey: [...AUDIENCES_KEY, id, "sizes", days],
    queryFn: () => readSizes(id, days),
  });
}

export function useAudiencesOf(customerId: number) {
  return useQuery({
    queryKey: [...AUDIENCES_KEY, "of", customerId],
    queryFn: () => audiencesOf(customerId),
  });
}

export function useAudienceActs() {
  const client = useQueryClient();
  const onSettled = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: AUDIENCES_KEY }),
      client.invalidateQueries({ queryKey: JOBS_KEY }),
    ]);
  return {
    create: useMutation({ mutationFn: createAudience, onSettled }),
    change: useMutation({ mutationFn: changeAudience, onSettled }),
    copy: useMutation({ mutationFn: copyAudience, onSettled }),
    archive: useMutation({ mutationFn: archiveAudience, onSettled }),
    build: useMutation({ mutationFn: buildAudience, onSettled }),
    cancel: useMutation({ mutationFn: cancelBuild, onSettled }),
    removePeople: useMutation({ mutationFn: removePeople, onSettled }),
    // The dialog says itself what failed. The lines are personal data: they do not stay behind it.
    addNamed: useMutation({ mutationFn: addNamed, onSettled, gcTime: 0, meta: { quiet: true } }),
  };
}
