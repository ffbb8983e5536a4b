import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";

type AnyPage = { items: readonly unknown[]; next_cursor?: string | null };

/** A list read page by page with a keyset cursor. */
export function usePages<P extends AnyPage>(
  queryKey: QueryKey,
  readPage: (cursor: string | undefined) => Promise<P>,
  options: { refetchInterval?: number; enabled?: boolean } = {},
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
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  isFetchingNextPage: boolean;
};
