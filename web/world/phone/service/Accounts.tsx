import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { keys } from "../../api/keys.ts";
import { SERVICE } from "../../api/scan.ts";
import { service } from "../../api/service.ts";
import type { Message } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import css from "../phone.module.css";
import { ServiceChat } from "./ServiceChat.tsx";
import { serviceWords } from "./words.ts";

export function useServiceAccounts() {
  return useQuery({ queryKey: keys.serviceAccounts, queryFn: service.accounts });
}

/** The accounts of customer service a person can write to. */
export function Accounts({
  person,
  onEntered,
}: {
  person: number;
  onEntered: (chat: string) => void;
}) {
  const text = useText(serviceWords);
  const found = useServiceAccounts().data ?? [];
  const enter = useMutation({
    mutationFn: (open_kfid: string) => service.enter(person, { open_kfid }),
    onSuccess: (_, open_kfid) => onEntered(SERVICE + open_kfid),
  });
  if (found.length === 0) return null;
  return (
    <>
      <h3 className={css.heading}>{text.service}</h3>
      <ul>
        {found.map((account) => (
          <li key={account.open_kfid} className={css.row}>
            <span className={`${css.grow} ${css.line}`}>{account.name}</span>
            <Button
              looks={["small"]}
              aria-label={`${text.ask} ${account.name}`}
              disabled={enter.isPending}
              onClick={() => enter.mutate(account.open_kfid)}
            >
              {text.ask}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Advice({ account, person }: { account: string; person: number }) {
  const text = useText(serviceWords);
  const sessions = useQuery({
    queryKey: keys.serviceSessions(account),
    queryFn: () => service.sessions(account),
  });
  const accept = useMutation({ mutationFn: () => service.acceptUpgrade(account, person) });
  const mine = sessions.data?.find((one) => one.person === person);
  if (!mine?.upgrade.member && !mine?.upgrade.groupchat) return null;
  return (
    <div className={css.offer} role="status">
      <p>{text.advised}</p>
      <Button looks={["small"]} disabled={accept.isPending} onClick={() => accept.mutate()}>
        {text.accept}
      </Button>
    </div>
  );
}

/** A person's chat with customer service. */
export function CustomersServiceChat({
  account,
  person,
  onBack,
  onOpen,
}: {
  account: string;
  person: number;
  onBack: () => void;
  onOpen: (message: Message) => void;
}) {
  const text = useText(serviceWords);
  const known = useServiceAccounts().data?.find((one) => one.open_kfid === account);
  return (
    <ServiceChat
      account={account}
      person={person}
      title={known?.name ?? text.service}
      side="customer"
      onBack={onBack}
      onOpen={onOpen}
    >
      <Advice account={account} person={person} />
    </ServiceChat>
  );
}
