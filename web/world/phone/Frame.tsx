import { useText } from "@kit/i18n/messages.ts";
import { useState } from "react";
import { Button, LinkButton } from "../ui/Button.tsx";
import { words } from "../words.ts";
import css from "./phone.module.css";
import { phoneWords } from "./words.ts";

export type PageOnPhone = { url: string; title: string };

/** A page as this phone's own browser shows it: own host, own cookies. */
export function Frame({
  page,
  hidden,
  onBack,
  onForward,
}: {
  page: PageOnPhone;
  hidden: boolean;
  onBack: () => void;
  onForward?: (() => void) | undefined;
}) {
  const text = useText(phoneWords);
  const common = useText(words);
  const [turn, setTurn] = useState(0);
  return (
    <div className={css.screen} hidden={hidden}>
      <div className={css.bar}>
        <Button looks={["plain"]} onClick={onBack} aria-label={common.back}>
          ‹
        </Button>
        <span className={css.address} title={page.url}>
          {page.url.replace(/^https?:\/\//, "")}
        </span>
        <Button
          looks={["plain"]}
          onClick={() => setTurn(turn + 1)}
          aria-label={text.reload}
          title={text.reload}
        >
          ↻
        </Button>
        <LinkButton
          looks={["plain"]}
          href={page.url}
          target="_blank"
          rel="noreferrer"
          aria-label={text.openOut}
          title={text.openOut}
        >
          ↗
        </LinkButton>
        {onForward && (
          <Button looks={["small"]} onClick={onForward}>
            {text.forward}
          </Button>
        )}
      </div>
      <iframe key={turn} className={css.frame} src={page.url} title={page.title} />
    </div>
  );
}
