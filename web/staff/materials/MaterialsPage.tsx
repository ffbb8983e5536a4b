import { Pond } from "@kit/desk/Pond.tsx";
import { formatRelative } from "@kit/format/time.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { InfiniteScroll } from "antd-mobile";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { listMaterials } from "../api/client.ts";
import { keys } from "../api/keys.ts";
import type { Material } from "../api/types.ts";
import { Empty, Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import css from "./materials.module.css";
import { ShareSheet } from "./ShareSheet.tsx";
import { useRecipient } from "./useRecipient.ts";
import { materialWords } from "./words.ts";

/** A material's picture, or quiet water where it has none. */
export function Cover({ material }: { material: Material }) {
  if (material.cover_url) return <img className={css.cover} src={material.cover_url} alt="" />;
  return (
    <span className={`${css.cover} ${css.blank}`}>
      <Pond width={56} />
    </span>
  );
}

/** Topics in the order of how often they are used. */
export function topicsOf(materials: Material[]): string[] {
  const counts = new Map<string, number>();
  for (const topic of materials.flatMap((material) => material.topics)) {
    counts.set(topic, (counts.get(topic) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([topic]) => topic);
}

function Topics({
  topics,
  now,
  onChoose,
}: {
  topics: string[];
  now: string | undefined;
  onChoose: (topic: string | undefined) => void;
}) {
  const text = useText(materialWords);
  return (
    <div className={css.topics}>
      {[undefined, ...topics].map((topic) => (
        <button
          key={topic ?? ""}
          type="button"
          className={css.topic}
          aria-pressed={now === topic}
          onClick={() => onChoose(topic)}
        >
          {topic ?? text.all}
        </button>
      ))}
    </div>
  );
}

/** What can be sent to customers; a tap picks one and asks to whom. */
export function MaterialsPage() {
  const text = useText(materialWords);
  const language = useLanguage();
  const [query] = useSearchParams();
  const [topic, setTopic] = useState<string>();
  const [picked, setPicked] = useState<Material | null>(null);
  const recipient = useRecipient(Number(query.get("to")) || null);
  const materials = useInfiniteQuery({
    queryKey: [...keys.materials, topic ?? ""],
    queryFn: ({ pageParam }) => listMaterials(topic, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const whole = useInfiniteQuery({
    queryKey: [...keys.materials, ""],
    queryFn: ({ pageParam }) => listMaterials(undefined, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const topics = topicsOf(whole.data?.pages.flatMap((page) => page.items) ?? []);
  return (
    <div className={ui.page}>
      <div className={ui.title}>
        <h1>{text.title}</h1>
        {recipient.customer && (
          <span className={ui.tag}>{text.forWhom(recipient.customer.name)}</span>
        )}
      </div>
      {topics.length > 0 && <Topics topics={topics} now={topic} onChoose={setTopic} />}
      <Shown query={materials}>
        {(data) => {
          const found = data.pages.flatMap((page) => page.items);
          if (found.length === 0) return <Empty>{text.none}</Empty>;
          return (
            <>
              <ul className={ui.card}>
                {found.map((material) => (
                  <li key={material.id}>
                    <button type="button" className={ui.row} onClick={() => setPicked(material)}>
                      <Cover material={material} />
                      <div className={ui.grow}>
                        <p className={`${ui.line} ${ui.name}`}>{material.title}</p>
                        <p className={`${css.summary} ${ui.soft}`}>
                          {material.summary ||
                            (material.published_at &&
                              text.published(formatRelative(material.published_at, language)))}
                        </p>
                      </div>
                    </button>
                  </li>
                ))}
              </ul>
              <InfiniteScroll
                hasMore={materials.hasNextPage}
                loadMore={async () => {
                  await materials.fetchNextPage();
                }}
              />
            </>
          );
        }}
      </Shown>
      <ShareSheet material={picked} recipient={recipient} onClose={() => setPicked(null)} />
    </div>
  );
}
