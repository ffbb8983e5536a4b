import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";

type Page<T> = { items: readonly T[]; next_cursor?: string | null };

/** A list read page by page with a keyset cursor. */
export function usePages<T>(
  queryKey: QueryKey,
  readPage: (cursor: string | undefined) => Promise<Page<T>>,
  options: { refetchInterval?: number; enabled?: boolean } = {},
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => readPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    ...options,
  });
  return { ...query, items: query.data?.pages.flatMap((page) => [...page.items]) };
}

export type Pages<T> = {
  items: T[] | undefined;
  error: unknown;
  refetch: () => unknown;
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  isFetchingNextPage: boolean;
};
