import { type InfiniteData, type QueryKey, useInfiniteQuery } from "@tanstack/react-query";

type Before<P> = InfiniteData<P, string | undefined> | undefined;

type AnyPage = { items: readonly unknown[]; next_cursor?: string | null };

/** A list read page by page with a keyset cursor. */
export function usePages<P extends AnyPage>(
  queryKey: QueryKey,
  readPage: (cursor: string | undefined) => Promise<P>,
  options: {
    refetchInterval?: number;
    enabled?: boolean;
    /** What stands here until the first page comes, given what stood here before. */
    placeholderData?: (before: Before<P>, query?: { queryKey: QueryKey }) => Before<P>;
  } = {},
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => readPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    ...options,
  });
  const items: P["items"][number][] | undefined = query.data?.pages.flatMap((page) => [
    ...page.items,
  ]);
  return { ...query, items };
}

export type Pages<T> = {
  items: T[] | undefined;
  error: unknown;
  refetch: () => unknown;
  dataUpdatedAt?: number;
  isPlaceholderData?: boolean;
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  isFetchingNextPage: boolean;
};
