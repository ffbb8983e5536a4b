import { useText } from "@kit/i18n/messages.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { world } from "../api/client.ts";
import { siyuHost, useWorldState } from "../api/hooks.ts";
import { keys } from "../api/keys.ts";
import { SERVICE } from "../api/scan.ts";
import type { Chat, Relation, Staff } from "../api/types.ts";
import { labelOf, ownUrl, type Who } from "../stage.ts";
import { Button } from "../ui/Button.tsx";
import { Empty, Shown } from "../ui/states.tsx";
import { AppChat, isOfApps } from "./apps/AppChat.tsx";
import { Archived } from "./archive/Archived.tsx";
import { ChatList } from "./ChatList.tsx";
import { ChatScreen } from "./ChatScreen.tsx";
import { CustomerMenu, Customers } from "./Customers.tsx";
import { Frame, type PageOnPhone } from "./Frame.tsx";
import { GroupChat } from "./groups/GroupChat.tsx";
import { GroupRows } from "./groups/GroupRows.tsx";
import { NewGroup } from "./groups/NewGroup.tsx";
import { useGroupsOf } from "./groups/useGroups.ts";
import { groupWords } from "./groups/words.ts";
import { OwnMoments } from "./moments/OwnMoments.tsx";
import { momentWords } from "./moments/words.ts";
import css from "./phone.module.css";
import { Dock, Shell } from "./Shell.tsx";
import { ServiceChat } from "./service/ServiceChat.tsx";
import { Sessions } from "./service/Sessions.tsx";
import { serviceWords } from "./service/words.ts";
import { NewMass } from "./tasks/NewMass.tsx";
import { TaskScreen, useWaitingTasks } from "./tasks/TaskScreen.tsx";
import { HandOvers } from "./tasks/Transfers.tsx";
import { taskWords } from "./tasks/words.ts";
import { useAskedChat } from "./useAskedChat.ts";
import { phoneWords } from "./words.ts";

type Screen = "chats" | "customers" | "tasks" | "me" | "desk" | "page";

/** siyu's page; `beside` whose chat it was opened, null from the workbench. */
type Desk = PageOnPhone & { beside: number | null };

function personIn(chat: Chat | undefined): number | null {
  return chat?.peer.who.startsWith("p-") ? Number(chat.peer.who.slice(2)) : null;
}

/** Whom a chat of customer service is with. */
function servedIn(opened: string | null): { account: string; person: number } | null {
  if (!opened?.startsWith(SERVICE)) return null;
  const [account = "", person = ""] = opened.slice(SERVICE.length).split("|");
  return { account, person: Number(person) };
}

function PhoneOf({ staff, behind }: { staff: Staff; behind: boolean }) {
  const text = useText(phoneWords);
  const groupText = useText(groupWords);
  const serviceText = useText(serviceWords);
  const momentText = useText(momentWords);
  const taskText = useText(taskWords);
  const who: Who = { kind: "s", userid: staff.userid };
  const me = labelOf(who);
  const state = useWorldState().data;
  const host = siyuHost(state);
  const chats = useQuery({
    queryKey: keys.chats(who),
    queryFn: () => world.staffChats(staff.userid),
  });
  const customers = useQuery({
    queryKey: keys.customers(staff.userid),
    queryFn: () => world.customers(staff.userid),
  });
  const [screen, setScreen] = useState<Screen>("chats");
  const [opened, setOpened] = useState<string | null>(null);
  const [desk, setDesk] = useState<Desk | null>(null);
  const [page, setPage] = useState<PageOnPhone | null>(null);
  const [menu, setMenu] = useState<Relation | null>(null);
  const [making, setMaking] = useState<"group" | "mass" | null>(null);
  const groups = useGroupsOf(who).data ?? [];
  const group = groups.find((one) => one.chat_id === opened);
  const served = servedIn(opened);
  const waiting = useWaitingTasks(staff.userid);
  const visit = (url: string, title: string) => {
    setPage({ url, title });
    setScreen("page");
  };
  const openChat = (chat: string) => {
    setScreen("chats");
    setOpened(chat);
  };
  useAskedChat(me, openChat);
  const chat = chats.data?.find((one) => one.chat === opened);
  const relation = customers.data?.find((one) => one.person === personIn(chat));

  /** Opens siyu as the workbench does, or beside a chat, where the page may ask whose it is. */
  const openDesk = (person: number | null) => {
    void world.current(staff.userid, person).then(() => {
      if (host && state) {
        const entry = `${location.protocol}//${host}/staff/${person === null ? "" : "chat"}`;
        const url = ownUrl(entry, who, state.personal_hosts);
        setDesk({ url, title: text.desk, beside: person });
      }
      setScreen("desk");
    });
  };
  const listing =
    ["customers", "tasks", "me"].includes(screen) ||
    (screen === "chats" && !chat && !group && !served);
  const sendTo = relation
    ? (sentence: string) => world.send(staff.userid, relation.person, sentence)
    : undefined;
  return (
    <Shell
      label={text.staffPhone}
      owner={`${staff.name} · ${staff.alias}`}
      avatar={staff.avatar}
      behind={behind}
    >
      {screen === "chats" && chat && isOfApps(chat.chat) && (
        <AppChat
          userid={staff.userid}
          title={chat.peer.name}
          onBack={() => setOpened(null)}
          onOpen={(url) => visit(ownUrl(url, who, state?.personal_hosts ?? []), url)}
        />
      )}
      {screen === "chats" && chat && !isOfApps(chat.chat) && (
        <ChatScreen
          chat={chat}
          me={me}
          onBack={() => setOpened(null)}
          onOpen={(message) => visit(message.open_url || message.url, message.title)}
          siyu={relation && (() => openDesk(relation.person))}
          onMenu={relation && (() => setMenu(relation))}
          onSend={sendTo}
        />
      )}
      {screen === "chats" && group && (
        <GroupChat
          group={group}
          who={who}
          onBack={() => setOpened(null)}
          onOpen={(message) => visit(message.open_url || message.url, message.title)}
        />
      )}
      {screen === "chats" && served && (
        <ServiceChat
          {...served}
          title={serviceText.service}
          side="servicer"
          onBack={() => setOpened(null)}
          onOpen={(message) => visit(message.url, message.title)}
        />
      )}
      {listing && (
        <div className={css.scroll}>
          {screen === "chats" && (
            <>
              <div className={css.make}>
                <Button looks={["small"]} onClick={() => setMaking("group")}>
                  ＋ {groupText.begin}
                </Button>
              </div>
              <Sessions userid={staff.userid} onOpen={setOpened} />
              <GroupRows found={groups} onOpen={setOpened} />
              <Shown query={chats}>
                {(data) => (
                  <ChatList
                    chats={data}
                    empty={groups.length > 0 ? "" : text.noStaffChats}
                    onOpen={(one) => setOpened(one.chat)}
                  />
                )}
              </Shown>
            </>
          )}
          {screen === "tasks" && (
            <>
              <div className={css.make}>
                <Button looks={["small"]} onClick={() => setMaking("mass")}>
                  ＋ {taskText.personal}
                </Button>
              </div>
              <TaskScreen userid={staff.userid} />
            </>
          )}
          {screen === "me" && (
            <>
              <h3 className={css.heading}>{momentText.make}</h3>
              <OwnMoments
                userid={staff.userid}
                onOpen={(url) => visit(ownUrl(url, who, state?.personal_hosts ?? []), url)}
              />
              <Archived userid={staff.userid} />
              <HandOvers staff={staff} />
            </>
          )}
          {screen === "customers" && (
            <Shown query={customers}>
              {(data) => (
                <Customers
                  relations={data}
                  onMenu={setMenu}
                  onChat={(one) => openChat(`${me}|p-${one.person}`)}
                />
              )}
            </Shown>
          )}
        </div>
      )}
      {screen === "desk" && !desk && (
        <div className={css.scroll}>
          <Empty>{text.notConnected}</Empty>
        </div>
      )}
      {desk && (
        <Frame
          key={desk.beside}
          page={desk}
          hidden={screen !== "desk"}
          onBack={() => setScreen("chats")}
        />
      )}
      {page && screen === "page" && (
        <Frame page={page} hidden={false} onBack={() => setScreen("chats")} />
      )}
      <Dock
        now={screen}
        items={[
          { screen: "chats", label: text.chats, onSelect: () => setScreen("chats") },
          { screen: "customers", label: text.customers, onSelect: () => setScreen("customers") },
          {
            screen: "tasks",
            label: waiting > 0 ? `${text.tasks} ${waiting}` : text.tasks,
            onSelect: () => setScreen("tasks"),
          },
          { screen: "me", label: text.me, onSelect: () => setScreen("me") },
          { screen: "desk", label: text.desk, onSelect: () => openDesk(null) },
        ]}
      />
      {making === "mass" && (
        <NewMass
          userid={staff.userid}
          customers={customers.data ?? []}
          groups={groups}
          onClose={() => setMaking(null)}
        />
      )}
      {making === "group" && (
        <NewGroup
          userid={staff.userid}
          customers={customers.data ?? []}
          onBegun={openChat}
          onClose={() => setMaking(null)}
        />
      )}
      {menu && (
        <CustomerMenu
          relation={menu}
          onClose={() => setMenu(null)}
          onDesk={() => {
            setMenu(null);
            openDesk(menu.person);
          }}
        />
      )}
    </Shell>
  );
}

/** The phone of a staff account: chats, customers, and siyu's own app in its frame. */
export function StaffPhone({ userid, behind }: { userid: string | null; behind: boolean }) {
  const text = useText(phoneWords);
  const state = useWorldState();
  const staff = state.data?.staff.find((one) => one.userid === userid);
  if (staff) return <PhoneOf staff={staff} behind={behind} />;
  return (
    <Shell label={text.staffPhone} owner={null} avatar={null} behind={behind}>
      <Shown query={state}>{() => <Empty>{text.pickStaff}</Empty>}</Shown>
    </Shell>
  );
}
