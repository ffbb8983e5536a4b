import { useText } from "@kit/i18n/messages.ts";
import { type LiveFact, useFacts } from "@kit/realtime/events.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { readReadings } from "../api/client.ts";
import { keys } from "../api/keys.ts";
import type { Today } from "../api/types.ts";
import { withFact } from "../today/live.ts";
import { Face } from "../ui/Face.tsx";
import { words } from "../words.ts";
import css from "./shell.module.css";

const SHOWN_MS = 4500;
const SETTLE_MS = 1000;

/** What a fact says to the staff member; null when it is no news to them. */
function useSentence(): (fact: LiveFact) => string | null {
  const text = useText(words);
  return (fact) => {
    const name = fact.customer_name || text.someone;
    if (fact.type === "material.viewed") return text.reads(name, fact.material_title ?? "");
    if (fact.type === "contact.added" || fact.type === "contact.readded") return text.joined(name);
    return null;
  };
}

/** Hears what happens to my customers, keeps today's page in step and says it on top. */
export function LiveBanner() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const sentence = useSentence();
  const [news, setNews] = useState<{ fact: LiveFact; text: string } | null>(null);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wanted = useRef(false);

  /** What a fact leaves out (figures, whole names) is read a moment later, once for a rush. */
  const settle = (readingsOnly: boolean) => {
    wanted.current ||= !readingsOnly;
    settling.current ??= setTimeout(() => {
      settling.current = undefined;
      if (wanted.current) {
        wanted.current = false;
        void client.invalidateQueries({ queryKey: keys.today });
        void client.invalidateQueries({ queryKey: keys.me });
        void client.invalidateQueries({ queryKey: keys.ranking });
      } else {
        void readReadings().then((readings) =>
          client.setQueryData<Today>(keys.today, (now) => now && { ...now, readings }),
        );
      }
    }, SETTLE_MS);
  };

  useFacts(
    (fact) => {
      if (fact === null) {
        void client.invalidateQueries();
        return;
      }
      const said = sentence(fact);
      if (said) setNews({ fact, text: said });
      if (client.getQueryData(keys.today)) {
        // An answer that was on its way before this fact must not overwrite it.
        void client.cancelQueries({ queryKey: keys.today });
        client.setQueryData<Today>(keys.today, (now) => now && withFact(now, fact));
      }
      settle(fact.type === "material.read");
      if (fact.type.startsWith("contact.")) {
        void client.invalidateQueries({ queryKey: keys.customers });
      }
      if (fact.customer_id !== null) {
        void client.invalidateQueries({ queryKey: keys.trail(fact.customer_id) });
        void client.invalidateQueries({ queryKey: keys.customer(fact.customer_id) });
      }
    },
    { mine: true },
  );

  useEffect(() => () => clearTimeout(settling.current), []);
  useEffect(() => {
    if (!news) return;
    const timer = setTimeout(() => setNews(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [news]);

  return (
    <div role="status" aria-live="polite">
      {news && (
        <button
          type="button"
          className={css.live}
          onClick={() => {
            setNews(null);
            void navigate(news.fact.customer_id ? `/customers/${news.fact.customer_id}` : "/");
          }}
        >
          <Face name={news.fact.customer_name ?? "?"} url={news.fact.avatar_url} size={32} />
          <span>{news.text}</span>
        </button>
      )}
    </div>
  );
}
