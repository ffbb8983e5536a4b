import { useText } from "@kit/i18n/messages.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Group, groups } from "../../api/groups.ts";
import { useWorldState } from "../../api/hooks.ts";
import { keys } from "../../api/keys.ts";
import type { Chat, Message } from "../../api/types.ts";
import { labelOf, ownUrl, type Who } from "../../stage.ts";
import { Shown } from "../../ui/states.tsx";
import { ChatScreen } from "../ChatScreen.tsx";
import css from "../phone.module.css";
import { GroupSheet } from "./GroupSheet.tsx";
import { useMembers } from "./useGroups.ts";
import { groupWords } from "./words.ts";

/** A group as a chat, so that it is written in like any other. */
export function chatOf(group: Group, messages: Message[], who: Who, hosts: string[]): Chat {
  return {
    chat: group.chat_id,
    peer: { who: group.chat_id, name: `${group.name} (${group.members})`, avatar: "" },
    state: "friend",
    messages: messages.map((message) => ({
      ...message,
      open_url: message.url ? ownUrl(message.url, who, hosts) : "",
    })),
  };
}

/** The chat of a customer group, on whosever phone. */
export function GroupChat({
  group,
  who,
  onBack,
  onOpen,
  onForward,
}: {
  group: Group;
  who: Who;
  onBack: () => void;
  onOpen: (message: Message) => void;
  onForward?: ((message: Message) => void) | undefined;
}) {
  const text = useText(groupWords);
  const hosts = useWorldState().data?.personal_hosts ?? [];
  const members = useMembers(group.chat_id);
  const messages = useQuery({
    queryKey: [...keys.group(group.chat_id), "messages"],
    queryFn: () => groups.messages(group.chat_id),
  });
  const [about, setAbout] = useState(false);
  const me = labelOf(who);
  const names = new Map(members.data?.map((member) => [member.who, member.name]));
  if (!messages.data) {
    return (
      <div className={css.scroll}>
        <Shown query={messages}>{() => null}</Shown>
      </div>
    );
  }
  return (
    <>
      <ChatScreen
        chat={chatOf(group, messages.data, who, hosts)}
        me={me}
        notice={group.notice ? `${text.notice}：${group.notice}` : undefined}
        nameOf={(sender) => names.get(sender) ?? sender}
        onBack={onBack}
        onMenu={() => setAbout(true)}
        onSend={(sentence) => groups.say(group.chat_id, me, sentence)}
        onOpen={onOpen}
        onForward={onForward}
      />
      {about && <GroupSheet group={group} who={who} onClose={() => setAbout(false)} />}
    </>
  );
}
