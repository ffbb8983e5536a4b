import { useText } from "@kit/i18n/messages.ts";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { world } from "../api/client.ts";
import { useNewcomer } from "../api/hooks.ts";
import { keys } from "../api/keys.ts";
import type { Person } from "../api/types.ts";
import { useStage } from "../stage.ts";
import { Button } from "../ui/Button.tsx";
import { Empty, Portrait, Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import { words } from "../words.ts";
import css from "./cast.module.css";
import { castWords } from "./words.ts";

function PersonRow({ person }: { person: Person }) {
  const text = useText(castWords);
  const stage = useStage();
  const friends = person.contacts.filter((relation) => relation.customer_has).length;
  return (
    <li>
      <button
        type="button"
        className={css.row}
        aria-pressed={stage.person === person.id}
        onClick={() => stage.choose({ kind: "p", id: person.id })}
      >
        <Portrait src={person.avatar} />
        <div>
          <p className={css.name}>{person.name}</p>
          <p className={css.about}>{text.friends(friends)}</p>
        </div>
      </button>
    </li>
  );
}

export function People() {
  const text = useText(castWords);
  const common = useText(words);
  const newcomer = useNewcomer();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const people = useInfiniteQuery({
    queryKey: [...keys.people, q],
    queryFn: ({ pageParam }) => world.people(q, pageParam),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className={css.tools}>
        <Button looks={["strong"]} disabled={newcomer.isPending} onClick={() => newcomer.mutate()}>
          ＋ {text.newcomer}
        </Button>
        <input
          type="search"
          className={ui.input}
          placeholder={text.search}
          aria-label={text.search}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Shown query={people}>
        {(data) => {
          const found = data.pages.flatMap((page) => page.items);
          if (found.length === 0) return <Empty>{text.noPeople}</Empty>;
          return (
            <>
              <ul>
                {found.map((person) => (
                  <PersonRow key={person.id} person={person} />
                ))}
              </ul>
              {people.hasNextPage && (
                <div className={css.more}>
                  <Button
                    looks={["small"]}
                    disabled={people.isFetchingNextPage}
                    onClick={() => void people.fetchNextPage()}
                  >
                    {common.more}
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </Shown>
    </>
  );
}
