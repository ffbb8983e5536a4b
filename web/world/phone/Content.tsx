import { useText } from "@kit/i18n/messages.ts";
import type { Choice, Message } from "../api/types.ts";
import css from "./phone.module.css";
import { phoneWords } from "./words.ts";

/** What a message shows; without `onOpen` its card leads nowhere,
 * without `onChoose` its menu answers nothing. */
export function Content({
  message,
  onOpen,
  onChoose,
}: {
  message: Message;
  onOpen?: ((message: Message) => void) | undefined;
  onChoose?: ((choice: Choice) => void) | undefined;
}) {
  const text = useText(phoneWords);
  if (message.choices) {
    return (
      <div className={css.bubble}>
        {message.text && <p>{message.text}</p>}
        {message.choices.map((choice) => (
          <button
            key={choice.id + choice.label}
            type="button"
            className={css.option}
            onClick={() =>
              choice.url ? onOpen?.({ ...message, url: choice.url }) : onChoose?.(choice)
            }
          >
            {choice.label}
          </button>
        ))}
      </div>
    );
  }
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
