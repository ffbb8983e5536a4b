import { useText } from "@kit/i18n/messages.ts";
import type { Message } from "../api/types.ts";
import css from "./phone.module.css";
import { phoneWords } from "./words.ts";

/** What a message shows; without `onOpen` its card leads nowhere. */
export function Content({
  message,
  onOpen,
}: {
  message: Message;
  onOpen?: (message: Message) => void;
}) {
  const text = useText(phoneWords);
  if (message.url) {
    return (
      <button
        type="button"
        className={css.card}
        disabled={!onOpen}
        onClick={() => onOpen?.(message)}
      >
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
