import { useText } from "@kit/i18n/messages.ts";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { keys } from "../../api/keys.ts";
import { service } from "../../api/service.ts";
import type { Chat, Choice, Message } from "../../api/types.ts";
import { Shown } from "../../ui/states.tsx";
import { ChatScreen } from "../ChatScreen.tsx";
import css from "../phone.module.css";
import { messageOf } from "./messages.ts";
import { serviceWords } from "./words.ts";

/** The chat of a person with an account of customer service, as either side sees it. */
export function ServiceChat({
  account,
  person,
  title,
  side,
  onBack,
  onOpen,
  children,
}: {
  account: string;
  person: number;
  title: string;
  side: "customer" | "servicer";
  onBack: () => void;
  onOpen: (message: Message) => void;
  children?: ReactNode;
}) {
  const text = useText(serviceWords);
  const items = useQuery({
    queryKey: keys.serviceChat(account, person),
    queryFn: () => service.messages(account, person),
  });
  if (!items.data) {
    return (
      <div className={css.scroll}>
        <Shown query={items}>{() => null}</Shown>
      </div>
    );
  }
  const messages = items.data.map((item) => {
    const message = messageOf(item, text);
    const theirs = message.sender === `p-${person}` ? "customer" : "servicer";
    return { ...message, sender: theirs };
  });
  const chat: Chat = {
    chat: account,
    peer: { who: account, name: title, avatar: "" },
    state: "friend",
    messages,
  };
  const choose = (choice: Choice) =>
    side === "customer" && service.say(account, person, choice.label, choice.id);
  return (
    <>
      {children}
      <ChatScreen
        chat={chat}
        me={side}
        onBack={onBack}
        onOpen={onOpen}
        onChoose={(choice) => void choose(choice)}
        onSend={(sentence) =>
          side === "customer"
            ? service.say(account, person, sentence)
            : service.reply(account, person, sentence)
        }
      />
    </>
  );
}
