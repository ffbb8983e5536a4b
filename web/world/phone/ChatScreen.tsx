import { useText } from "@kit/i18n/messages.ts";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Chat, Message } from "../api/types.ts";
import { Button } from "../ui/Button.tsx";
import { clock } from "../ui/clock.ts";
import { Empty } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import { phoneWords, words } from "../words.ts";
import css from "./phone.module.css";

type Acts = {
  onOpen: (message: Message) => void;
  onForward?: ((message: Message) => void) | undefined;
};

function Content({ message, onOpen }: { message: Message; onOpen: (message: Message) => void }) {
  const text = useText(phoneWords);
  if (message.url) {
    return (
      <button type="button" className={css.card} onClick={() => onOpen(message)}>
        <span>
          <strong>{message.title || message.url}</strong>
          <span className={css.soft}>{message.desc}</span>
        </span>
        {message.pic && <img src={message.pic} alt="" />}
      </button>
    );
  }
  if (message.pic) {
    return (
      <div className={css.bubble}>
        <img src={message.pic} alt={text.image} />
      </div>
    );
  }
  return <p className={css.bubble}>{message.text || message.title}</p>;
}

function Line({ message, mine, onOpen, onForward }: { message: Message; mine: boolean } & Acts) {
  const text = useText(phoneWords);
  if (message.kind === "system") return <p className={css.system}>{message.text}</p>;
  return (
    <div className={css.message} data-mine={mine}>
      <Content message={message} onOpen={onOpen} />
      <p className={css.under}>
        {clock(message.at)}
        {message.url && onForward && (
          <button type="button" className={css.tiny} onClick={() => onForward(message)}>
            {text.forward}
          </button>
        )}
      </p>
    </div>
  );
}

function Write({ onSend }: { onSend: (text: string) => Promise<unknown> }) {
  const text = useText(phoneWords);
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const sentence = typed.trim();
    if (!sentence) return;
    setTyped("");
    onSend(sentence).catch(() => setTyped(sentence));
  };
  return (
    <form className={css.write} onSubmit={submit}>
      <input
        className={ui.input}
        value={typed}
        placeholder={text.write}
        aria-label={text.write}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" disabled={!typed.trim()}>
        {text.send}
      </Button>
    </form>
  );
}

/** One chat: what was said, and what can be done. */
export function ChatScreen({
  chat,
  me,
  onBack,
  onMenu,
  onSend,
  ...acts
}: {
  chat: Chat;
  me: string;
  onBack: () => void;
  onMenu?: (() => void) | undefined;
  onSend?: ((text: string) => Promise<unknown>) | undefined;
} & Acts) {
  const text = useText(phoneWords);
  const common = useText(words);
  const end = useRef<HTMLDivElement>(null);
  const count = chat.messages.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message moves the view
  useEffect(() => {
    end.current?.scrollIntoView({ block: "end" });
  }, [count]);
  return (
    <div className={css.screen}>
      <div className={css.bar}>
        <Button looks={["plain"]} onClick={onBack} aria-label={common.back}>
          ‹
        </Button>
        <h2>{chat.peer.name}</h2>
        {onMenu && (
          <Button looks={["plain"]} onClick={onMenu} aria-label="⋯">
            ⋯
          </Button>
        )}
      </div>
      <div className={css.scroll}>
        {count === 0 && <Empty>{text.noMessages}</Empty>}
        <div className={css.chat}>
          {chat.messages.map((message) => (
            <Line key={message.id} message={message} mine={message.sender === me} {...acts} />
          ))}
          {chat.state !== "friend" && (
            <p className={css.system}>{chat.state === "lost" ? text.lost : text.pending}</p>
          )}
          <div ref={end} />
        </div>
      </div>
      {onSend && <Write onSend={onSend} />}
    </div>
  );
}
