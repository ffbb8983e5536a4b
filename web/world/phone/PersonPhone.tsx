import { useText } from "@kit/i18n/messages.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { world } from "../api/client.ts";
import { useNewcomer, usePerson, useWorldState } from "../api/hooks.ts";
import { keys } from "../api/keys.ts";
import { SERVICE } from "../api/scan.ts";
import type { Chat, Message, Person, Relation } from "../api/types.ts";
import { FirstSteps } from "../shell/FirstSteps.tsx";
import { labelOf, ownUrl, useStage, type Who } from "../stage.ts";
import { Button } from "../ui/Button.tsx";
import { Empty, Shown } from "../ui/states.tsx";
import { ContactSheet } from "./archive/ContactSheet.tsx";
import { ChatList } from "./ChatList.tsx";
import { ChatScreen } from "./ChatScreen.tsx";
import { DeleteSheet } from "./DeleteSheet.tsx";
import { type Forwarding, ForwardSheet } from "./ForwardSheet.tsx";
import { Frame, type PageOnPhone } from "./Frame.tsx";
import { GroupChat } from "./groups/GroupChat.tsx";
import { GroupRows } from "./groups/GroupRows.tsx";
import { useGroupsOf } from "./groups/useGroups.ts";
import { Timeline } from "./moments/Timeline.tsx";
import { MiniProgram } from "./official/MiniProgram.tsx";
import { OfficialAccount } from "./official/OfficialAccount.tsx";
import { OfficialChat, officialChat } from "./official/OfficialChat.tsx";
import css from "./phone.module.css";
import { ScanSheet } from "./ScanSheet.tsx";
import { Dock, Shell } from "./Shell.tsx";
import { ShopScreen } from "./ShopScreen.tsx";
import { Accounts, CustomersServiceChat } from "./service/Accounts.tsx";
import { TransferOffer } from "./tasks/Transfers.tsx";
import { useAskedChat } from "./useAskedChat.ts";
import { phoneWords } from "./words.ts";

type Screen = "chats" | "moments" | "shop" | "friends" | "page";
type Leaving = { userid: string; name: string };

function Nobody({ behind }: { behind: boolean }) {
  const text = useText(phoneWords);
  const newcomer = useNewcomer();
  return (
    <Shell label={text.customerPhone} owner={null} avatar={null} behind={behind}>
      <div className={css.empty}>
        <FirstSteps />
        <Button looks={["strong"]} disabled={newcomer.isPending} onClick={() => newcomer.mutate()}>
          ＋ {text.newcomer}
        </Button>
        <p className={css.soft}>{text.pickPerson}</p>
      </div>
    </Shell>
  );
}

function Friends({ person, onDelete }: { person: Person; onDelete: (who: Leaving) => void }) {
  const text = useText(phoneWords);
  const friends = person.contacts.filter((relation: Relation) => relation.customer_has);
  if (friends.length === 0) return <Empty>{text.noFriends}</Empty>;
  return (
    <ul>
      {friends.map((relation) => (
        <li key={relation.userid} className={css.row}>
          <span className={`${css.grow} ${css.line}`}>{relation.staff_name}</span>
          <Button
            looks={["small", "danger"]}
            onClick={() => onDelete({ userid: relation.userid, name: relation.staff_name })}
          >
            {text.deleteStaff}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function PhoneOf({ person, behind }: { person: Person; behind: boolean }) {
  const text = useText(phoneWords);
  const { choose } = useStage();
  const who: Who = { kind: "p", id: person.id };
  const me = labelOf(who);
  const hosts = useWorldState().data?.personal_hosts ?? [];
  const chats = useQuery({
    queryKey: keys.chats(who),
    queryFn: () => world.personChats(person.id),
  });
  const [screen, setScreen] = useState<Screen>("chats");
  const [opened, setOpened] = useState<string | null>(null);
  const [page, setPage] = useState<PageOnPhone | null>(null);
  const [scanning, setScanning] = useState(false);
  const [forwarding, setForwarding] = useState<Forwarding | null>(null);
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  const [contact, setContact] = useState<Leaving | null>(null);
  const visit = (next: PageOnPhone) => {
    setPage(next);
    setScreen("page");
  };
  const groups = useGroupsOf(who).data ?? [];
  const chat = chats.data?.find((one) => one.chat === opened);
  const group = groups.find((one) => one.chat_id === opened);
  const desk = opened?.startsWith(SERVICE) ? opened.slice(SERVICE.length) : null;
  const official = officialChat(person.id);
  const inOfficial = opened === official;
  const talking = screen === "chats" && (inOfficial || (chat ?? group ?? desk));
  const openChat = (next: string) => {
    setScreen("chats");
    setOpened(next);
  };
  useAskedChat(me, openChat);
  const follow = (message: Message) =>
    visit({ url: message.open_url || message.url, title: message.title || message.url });
  const pass = (message: Message) => setForwarding({ url: message.url, title: message.title });
  const staffOf = (one: Chat): Leaving | null =>
    one.peer.who.startsWith("s-") ? { userid: one.peer.who.slice(2), name: one.peer.name } : null;
  const staff = chat ? staffOf(chat) : null;
  return (
    <Shell label={text.customerPhone} owner={person.name} avatar={person.avatar} behind={behind}>
      {screen === "chats" && inOfficial && (
        <OfficialChat
          person={person.id}
          chat={chat}
          onBack={() => setOpened(null)}
          onOpen={follow}
          onVisit={(url) => visit({ url: ownUrl(url, who, hosts), title: url })}
        />
      )}
      {screen === "chats" && chat && !inOfficial && (
        <ChatScreen
          chat={chat}
          me={me}
          onBack={() => setOpened(null)}
          onOpen={follow}
          onForward={pass}
          onMenu={staff ? () => setContact(staff) : undefined}
          onSend={staff ? (words) => world.say(person.id, staff.userid, words) : undefined}
        />
      )}
      {screen === "chats" && group && (
        <GroupChat
          group={group}
          who={who}
          onBack={() => setOpened(null)}
          onOpen={follow}
          onForward={pass}
        />
      )}
      {screen === "chats" && desk && (
        <CustomersServiceChat
          account={desk}
          person={person.id}
          onBack={() => setOpened(null)}
          onOpen={follow}
        />
      )}
      {screen !== "page" && !talking && (
        <div className={css.scroll}>
          {screen === "chats" && (
            <>
              <TransferOffer person={person.id} />
              <GroupRows found={groups} onOpen={setOpened} />
              <Shown query={chats}>
                {(data) => (
                  <ChatList
                    chats={data}
                    empty={groups.length > 0 ? "" : text.noChats}
                    onOpen={(one) => setOpened(one.chat)}
                  />
                )}
              </Shown>
            </>
          )}
          {screen === "moments" && (
            <Timeline
              person={person}
              onOpen={(url) => visit({ url: ownUrl(url, who, hosts), title: url })}
            />
          )}
          {screen === "shop" && <ShopScreen person={person} onVisit={visit} />}
          {screen === "friends" && (
            <>
              <Friends person={person} onDelete={setLeaving} />
              <Accounts person={person.id} onEntered={openChat} />
              <OfficialAccount person={person.id} onEnter={() => openChat(official)} />
              <MiniProgram person={person.id} />
            </>
          )}
        </div>
      )}
      {page && (
        <Frame
          page={page}
          hidden={screen !== "page"}
          onBack={() => {
            setPage(null);
            setScreen("chats");
          }}
          onForward={() => setForwarding(page)}
        />
      )}
      <Dock
        now={screen}
        items={[
          { screen: "chats", label: text.chats, onSelect: () => setScreen("chats") },
          { screen: "moments", label: text.moments, onSelect: () => setScreen("moments") },
          { screen: "scan", label: text.scan, onSelect: () => setScanning(true) },
          { screen: "shop", label: text.shop, onSelect: () => setScreen("shop") },
          { screen: "friends", label: text.friends, onSelect: () => setScreen("friends") },
        ]}
      />
      {scanning && <ScanSheet person={person} onClose={() => setScanning(false)} />}
      {forwarding && (
        <ForwardSheet from={person} what={forwarding} onClose={() => setForwarding(null)} />
      )}
      {contact && (
        <ContactSheet
          person={person.id}
          userid={contact.userid}
          name={contact.name}
          onDelete={() => {
            setContact(null);
            setLeaving(contact);
          }}
          onClose={() => setContact(null)}
        />
      )}
      {leaving && (
        <DeleteSheet
          title={text.deleteStaff}
          name={leaving.name}
          act={async () => {
            await world.deleteStaff(person.id, leaving.userid);
            choose(who);
          }}
          onClose={() => setLeaving(null)}
        />
      )}
    </Shell>
  );
}

/** The phone of a simulated WeChat user. */
export function PersonPhone({ id, behind }: { id: number | null; behind: boolean }) {
  const text = useText(phoneWords);
  const person = usePerson(id);
  if (id === null) return <Nobody behind={behind} />;
  if (person.data) return <PhoneOf person={person.data} behind={behind} />;
  return (
    <Shell label={text.customerPhone} owner={null} avatar={null} behind={behind}>
      <Shown query={person}>{() => null}</Shown>
    </Shell>
  );
}
