import { useText } from "@kit/i18n/messages.ts";
import type { Chat, Message } from "../api/types.ts";
import { clock } from "../ui/clock.ts";
import { Empty, Portrait } from "../ui/states.tsx";
import css from "./phone.module.css";
import { phoneWords } from "./words.ts";

type Words = { image: string; video: string; file: string };

/** One line that stands for a message. */
export function glance(message: Message | undefined, words: Words): string {
  if (!message) return "";
  if (message.kind === "image") return words.image;
  if (message.kind === "video") return words.video;
  if (message.kind === "file") return words.file;
  return message.title || message.text || message.url;
}

export function ChatList({
  chats,
  empty,
  onOpen,
}: {
  chats: Chat[];
  empty: string;
  onOpen: (chat: Chat) => void;
}) {
  const text = useText(phoneWords);
  if (chats.length === 0) return empty ? <Empty>{empty}</Empty> : null;
  return (
    <ul>
      {chats.map((chat) => {
        const last = chat.messages.at(-1);
        const state = { friend: "", lost: text.lost, pending: text.pending }[chat.state];
        return (
          <li key={chat.chat}>
            <button type="button" className={css.row} onClick={() => onOpen(chat)}>
              <Portrait src={chat.peer.avatar} size={40} />
              <div className={css.grow}>
                <p className={css.line}>{chat.peer.name}</p>
                <p className={`${css.line} ${css.soft}`}>
                  {state || glance(last, text) || text.noMessages}
                </p>
              </div>
              {last && <span className={css.soft}>{clock(last.at)}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
