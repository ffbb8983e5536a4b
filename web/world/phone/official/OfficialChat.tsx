import { useText } from "@kit/i18n/messages.ts";
import { useMutation } from "@tanstack/react-query";
import type { Chat, Message } from "../../api/types.ts";
import { type Entry, wechat } from "../../api/wechat.ts";
import { useOfficial } from "../../cast/sights.ts";
import { Button } from "../../ui/Button.tsx";
import { ChatScreen } from "../ChatScreen.tsx";
import css from "../phone.module.css";
import { useSeen } from "./Consents.tsx";
import { wechatWords } from "./words.ts";

/** How the chat of a person with the official account is called. */
export const officialChat = (person: number): string => `official|p-${person}`;

function Menu({
  person,
  entries,
  onVisit,
}: {
  person: number;
  entries: Entry[];
  onVisit: (url: string) => void;
}) {
  const text = useText(wechatWords);
  const click = useMutation({
    mutationFn: ({ name }: Entry) => wechat.act(person, "click", { name }),
    onSuccess: (_, { type, url }) => {
      if (type === "view" && url) onVisit(url);
    },
  });
  const button = (entry: Entry) => (
    <Button
      key={entry.name}
      looks={["small"]}
      disabled={click.isPending}
      onClick={() => click.mutate(entry)}
    >
      {entry.name}
    </Button>
  );
  return (
    <nav className={css.write} aria-label={text.menu}>
      {entries.length === 0 && <p className={css.soft}>{text.noMenu}</p>}
      {entries.map((entry) =>
        entry.sub_button?.length ? (
          <details key={entry.name}>
            <summary>{entry.name}</summary>
            <div className={css.keys}>{entry.sub_button.map(button)}</div>
          </details>
        ) : (
          button(entry)
        ),
      )}
    </nav>
  );
}

/** A person's chat with the official account: what it sent, its menu, and what one writes. */
export function OfficialChat({
  person,
  chat,
  onBack,
  onOpen,
  onVisit,
}: {
  person: number;
  chat: Chat | undefined;
  onBack: () => void;
  onOpen: (message: Message) => void;
  onVisit: (url: string) => void;
}) {
  const official = useOfficial().data;
  const seen = useSeen(person).data;
  const empty: Chat = {
    chat: officialChat(person),
    peer: { who: "official", name: official?.name ?? "", avatar: "" },
    state: "friend",
    messages: [],
  };
  return (
    <>
      <ChatScreen
        chat={chat ?? empty}
        me={`p-${person}`}
        onBack={onBack}
        onOpen={onOpen}
        onSend={seen?.following ? (text: string) => wechat.act(person, "say", { text }) : undefined}
      />
      {seen?.following && <Menu person={person} entries={seen.menu} onVisit={onVisit} />}
    </>
  );
}
