import {
  keepPreviousData,
  type QueryClient,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { type Choice, listChoices, MOST_OFFERED } from "../asking.ts";
import type { Thing } from "../rule/names.ts";
import { useSettled } from "./useSettled.ts";

const THINGS_KEY = ["audiences", "things"] as const;
const PAUSE_MS = 200;
const FRESH_MS = 60_000;

/** What was seen of a kind, by id, so that what is chosen never loses its name. */
type Seen = ReadonlyMap<number, Choice | null>;

const NOTHING: Seen = new Map();

function seenKey(kind: Thing) {
  return [...THINGS_KEY, "seen", kind];
}

export function seen(client: QueryClient, kind: Thing): Seen {
  return client.getQueryData<Seen>(seenKey(kind)) ?? NOTHING;
}

/** Keeps names for as long as the page lives; ids that were asked for in vain are kept as null. */
function remember(client: QueryClient, kind: Thing, choices: Choice[], asked: number[] = []): void {
  const next = new Map(seen(client, kind));
  for (const id of asked) next.set(id, null);
  for (const choice of choices) next.set(choice.id, choice);
  client.setQueryDefaults(seenKey(kind), { gcTime: Number.POSITIVE_INFINITY });
  client.setQueryData<Seen>(seenKey(kind), next);
}

/** Things to choose from, by what is typed; until they came, those of the last answer that fit. */
export function useThings(kind: Thing, typed: string) {
  const client = useQueryClient();
  const q = useSettled(typed, PAUSE_MS);
  const query = useQuery({
    queryKey: [...THINGS_KEY, kind, q],
    queryFn: async () => {
      const found = await listChoices(kind, { q: q || undefined });
      remember(client, kind, found);
      return found;
    },
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });
  const found = query.data ?? [];
  const late = q !== typed || query.isPlaceholderData;
  const wanted = typed.toLowerCase();
  return {
    options: late ? found.filter(({ name }) => name.toLowerCase().includes(wanted)) : found,
    isLoading: query.isFetching,
  };
}

/** Learns the names of things by their ids, as many at a time as the server tells. */
export async function lookUp(client: QueryClient, kind: Thing, ids: number[]): Promise<null> {
  for (let at = 0; at < ids.length; at += MOST_OFFERED) {
    const some = ids.slice(at, at + MOST_OFFERED);
    remember(client, kind, await listChoices(kind, { id: some }), some);
  }
  return null;
}

/** Re-renders when a name was learnt. */
export function useLearning(): number {
  const client = useQueryClient();
  const cache = client.getQueryCache();
  return useSyncExternalStore(
    (listener) => cache.subscribe(({ query }) => query.queryKey[2] === "seen" && listener()),
    () =>
      cache
        .findAll({ queryKey: [...THINGS_KEY, "seen"] })
        .reduce((latest, { state }) => latest + state.dataUpdateCount, 0),
  );
}
