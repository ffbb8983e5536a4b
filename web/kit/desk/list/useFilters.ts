import { useSearchParams } from "react-router";

export type FilterValues<K extends string> = Partial<Record<K, string>>;

/** Filters that live in the address, so that they survive a reload and can be shared. */
export function useFilters<K extends string>(keys: readonly K[]) {
  const [search, setSearch] = useSearchParams();
  const values: FilterValues<K> = {};
  for (const key of keys) {
    const value = search.get(key);
    if (value) values[key] = value;
  }

  /** Changes the named filters and leaves the others; an empty value takes the filter away. */
  function change(changes: FilterValues<K>): void {
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const key of keys) {
          if (!(key in changes)) continue;
          const value = changes[key];
          if (value) next.set(key, value);
          else next.delete(key);
        }
        return next;
      },
      { replace: true },
    );
  }

  function clear(): void {
    change(Object.fromEntries(keys.map((key) => [key, ""])) as FilterValues<K>);
  }

  return { values, change, clear, filtered: Object.keys(values).length > 0 };
}
