import { mayBePhone } from "@kit/api/sought.ts";
import type { CustomerRow } from "@kit/api/types.ts";
import { formatRelative } from "@kit/format/time.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { InfiniteScroll, SearchBar, Segmented } from "antd-mobile";
import { useDeferredValue, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { listCustomers, type Standing } from "../api/client.ts";
import { keys } from "../api/keys.ts";
import { Face } from "../ui/Face.tsx";
import { Empty, Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import css from "./customers.module.css";
import { customerWords } from "./words.ts";

const STANDINGS: Standing[] = ["all", "active", "lost"];

/** One customer in a list; where it leads, or what it does, is said by the list. */
export function CustomerLine({ customer }: { customer: CustomerRow }) {
  const text = useText(customerWords);
  const language = useLanguage();
  const about = [
    customer.remark,
    customer.channel?.name,
    customer.added_at && formatRelative(customer.added_at, language),
  ];
  return (
    <>
      <Face name={customer.name} url={customer.avatar_url} />
      <div className={ui.grow}>
        <p className={ui.line}>
          <span className={ui.name}>{customer.name}</span>{" "}
          {customer.state && customer.state !== "active" && (
            <span className={ui.tag} data-tone="quiet">
              {text.states[customer.state]}
            </span>
          )}
        </p>
        <p className={`${ui.line} ${ui.soft}`}>{about.filter(Boolean).join(" · ")}</p>
        {customer.tags.length > 0 && (
          <p className={`${ui.line} ${ui.soft}`}>
            {customer.tags.map((tag) => `#${tag.name}`).join(" ")}
          </p>
        )}
      </div>
    </>
  );
}

export function useCustomers(q: string, standing: Standing) {
  return useInfiniteQuery({
    queryKey: [...keys.customers, q, standing],
    queryFn: ({ pageParam }) => listCustomers(q, standing, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

function standingOf(value: string | null): Standing {
  return STANDINGS.find((standing) => standing === value) ?? "all";
}

/** All customers this person may see. */
export function CustomersPage() {
  const text = useText(customerWords);
  const [query, setQuery] = useSearchParams();
  const [typed, setTyped] = useState(query.get("q") ?? "");
  const standing = standingOf(query.get("state"));
  const customers = useCustomers(useDeferredValue(typed.trim()), standing);
  const set = (name: string, value: string) =>
    setQuery(
      (now) => {
        if (value) now.set(name, value);
        else now.delete(name);
        return now;
      },
      { replace: true },
    );
  function search(words: string): void {
    setTyped(words);
    set("q", mayBePhone(words.trim()) ? "" : words);
  }
  return (
    <>
      <div className={css.tools}>
        <SearchBar placeholder={text.search} value={typed} onChange={search} />
        <Segmented
          block
          value={standing}
          options={STANDINGS.map((value) => ({ value, label: text.standings[value] }))}
          onChange={(value) => set("state", value === "all" ? "" : String(value))}
        />
      </div>
      <Shown query={customers}>
        {(data) => {
          const found = data.pages.flatMap((page) => page.items);
          if (found.length === 0) {
            return <Empty>{typed || standing !== "all" ? text.none : text.noneYet}</Empty>;
          }
          return (
            <>
              <ul className={`${ui.card} ${css.list}`} aria-busy={customers.isPlaceholderData}>
                {found.map((customer) => (
                  <li key={customer.id}>
                    <Link to={`/customers/${customer.id}`} className={ui.row}>
                      <CustomerLine customer={customer} />
                    </Link>
                  </li>
                ))}
              </ul>
              <InfiniteScroll
                hasMore={customers.hasNextPage}
                loadMore={async () => {
                  await customers.fetchNextPage();
                }}
              />
            </>
          );
        }}
      </Shown>
    </>
  );
}
