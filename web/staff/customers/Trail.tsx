import { detailOf, titleOf } from "@kit/facts/acts.ts";
import { formatMoment, formatRelative } from "@kit/format/time.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { InfiniteScroll } from "antd-mobile";
import { readTrail } from "../api/client.ts";
import { keys } from "../api/keys.ts";
import { Empty, Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import css from "./customers.module.css";
import { customerWords } from "./words.ts";

/** Everything that happened with a customer, the latest first. */
export function Trail({ id }: { id: number }) {
  const text = useText(customerWords);
  const language = useLanguage();
  const trail = useInfiniteQuery({
    queryKey: keys.trail(id),
    queryFn: ({ pageParam }) => readTrail(id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  return (
    <Shown query={trail}>
      {(data) => {
        const entries = data.pages.flatMap((page) => page.items);
        if (entries.length === 0) return <Empty>{text.noTrail}</Empty>;
        return (
          <>
            <ol className={`${ui.card} ${css.trail}`}>
              {entries.map((entry) => (
                <li key={entry.id}>
                  <p>{titleOf(entry, language)}</p>
                  <p className={ui.soft}>{detailOf(entry, language)}</p>
                  <p className={ui.soft}>
                    <time dateTime={entry.occurred_at} title={formatMoment(entry.occurred_at)}>
                      {formatRelative(entry.occurred_at, language)}
                    </time>
                    {entry.staff && ` · ${entry.staff.name}`}
                  </p>
                </li>
              ))}
            </ol>
            <InfiniteScroll
              hasMore={trail.hasNextPage}
              loadMore={async () => {
                await trail.fetchNextPage();
              }}
            />
          </>
        );
      }}
    </Shown>
  );
}
