import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type Answers, type AppMessage, apps, type Card } from "../../api/apps.ts";
import { keys } from "../../api/keys.ts";
import type { Message } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import { clock } from "../../ui/clock.ts";
import { Empty, Shown } from "../../ui/states.tsx";
import { tell } from "../../ui/toast.tsx";
import { words } from "../../words.ts";
import { Content } from "../Content.tsx";
import css from "../phone.module.css";
import { TemplateCard } from "./TemplateCard.tsx";
import { appWords } from "./words.ts";

/** Whose chats these are: `app|s-<userid>`. */
export const isOfApps = (chat: string | null): boolean => chat?.startsWith("app|") ?? false;

const CARD = "template_card";

/** A message of an app that is no template card, as a message of a chat. */
function plain({ msgtype, content, at }: AppMessage, something: (kind: string) => string): Message {
  const first = Array.isArray(content.articles) ? content.articles[0] : content;
  const part = (first ?? {}) as Record<string, unknown>;
  const read = (name: string) => (typeof part[name] === "string" ? part[name] : "");
  const url = read("url");
  const said = read("content") || read("title") || something(msgtype);
  return {
    id: 0,
    at,
    sender: "app",
    kind: url ? "link" : "text",
    source: "app",
    text: url ? "" : [said, read("description")].filter(Boolean).join("\n"),
    title: read("title"),
    desc: read("description"),
    url,
    open_url: url,
    pic: read("picurl"),
  };
}

function Entry({
  message,
  userid,
  onOpen,
}: {
  message: AppMessage;
  userid: string;
  onOpen: (url: string) => void;
}) {
  const text = useText(appWords);
  const press = useMutation({
    mutationFn: ({ key, answers }: { key: string; answers: Answers }) =>
      apps.press(userid, message.msgid, key, answers),
    onSuccess: () => tell(text.pressed),
  });
  if (message.recalled) return <p className={css.system}>{text.recalled}</p>;
  if (message.msgtype === CARD) {
    return (
      <TemplateCard
        card={message.content as Card}
        busy={press.isPending}
        onOpen={onOpen}
        onPress={(key, answers) => press.mutate({ key, answers })}
      />
    );
  }
  const shown = plain(message, text.something);
  return (
    <div className={css.message}>
      <Content message={shown} onOpen={({ url }) => onOpen(url)} />
      <p className={css.under}>{clock(message.at)}</p>
    </div>
  );
}

/** What apps wrote to a staff account; cards are answered here, and the app is told. */
export function AppChat({
  userid,
  title,
  onBack,
  onOpen,
}: {
  userid: string;
  title: string;
  onBack: () => void;
  onOpen: (url: string) => void;
}) {
  const text = useText(appWords);
  const common = useText(words);
  const found = useQuery({
    queryKey: keys.appMessages(userid),
    queryFn: () => apps.messages(userid),
  });
  return (
    <div className={css.screen}>
      <div className={css.bar}>
        <Button looks={["plain"]} onClick={onBack} aria-label={common.back}>
          ‹
        </Button>
        <h2>{title}</h2>
      </div>
      <div className={css.scroll}>
        <Shown query={found}>
          {(messages) => (
            <div className={css.chat}>
              {messages.length === 0 && <Empty>{text.nothing}</Empty>}
              {[...messages].reverse().map((message) => (
                <Entry key={message.msgid} message={message} userid={userid} onOpen={onOpen} />
              ))}
            </div>
          )}
        </Shown>
      </div>
    </div>
  );
}
