import { useText } from "@kit/i18n/messages.ts";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Chat, Choice, Message } from "../api/types.ts";
import { Button } from "../ui/Button.tsx";
import { clock } from "../ui/clock.ts";
import { Empty } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import { words } from "../words.ts";
import { Content } from "./Content.tsx";
import css from "./phone.module.css";
import { phoneWords } from "./words.ts";

type Acts = {
  onOpen: (message: Message) => void;
  onForward?: ((message: Message) => void) | undefined;
  onChoose?: ((choice: Choice) => void) | undefined;
};

function Line({
  message,
  mine,
  sender,
  onOpen,
  onForward,
  onChoose,
}: { message: Message; mine: boolean; sender: string | undefined } & Acts) {
  const text = useText(phoneWords);
  if (message.kind === "system") return <p className={css.system}>{message.text}</p>;
  return (
    <div className={css.message} data-mine={mine}>
      {sender && !mine && <p className={css.soft}>{sender}</p>}
      <Content message={message} onOpen={onOpen} onChoose={onChoose} />
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

/**
 * One chat: what was said, and what can be done. `nameOf` names the senders where there are many,
 * `siyu` opens siyu beside the chat.
 */
export function ChatScreen({
  chat,
  me,
  notice,
  nameOf,
  siyu,
  onBack,
  onMenu,
  onSend,
  ...acts
}: {
  chat: Chat;
  me: string;
  notice?: string | undefined;
  nameOf?: (sender: string) => string;
  siyu?: (() => void) | undefined;
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
        {siyu && (
          <Button looks={["small"]} onClick={siyu} title={text.openSidebar}>
            {text.sidebar}
          </Button>
        )}
        {onMenu && (
          <Button looks={["plain"]} onClick={onMenu} aria-label={text.more}>
            ⋯
          </Button>
        )}
      </div>
      {notice && <p className={css.notice}>{notice}</p>}
      <div className={css.scroll}>
        {count === 0 && <Empty>{text.noMessages}</Empty>}
        <div className={css.chat}>
          {chat.messages.map((message) => (
            <Line
              key={message.id}
              message={message}
              mine={message.sender === me}
              sender={nameOf?.(message.sender)}
              {...acts}
            />
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
