import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { usePerson } from "../../api/hooks.ts";
import { keys } from "../../api/keys.ts";
import { SERVICE } from "../../api/scan.ts";
import { type ServiceAccount, type ServiceSession, service } from "../../api/service.ts";
import { Button } from "../../ui/Button.tsx";
import { Portrait } from "../../ui/states.tsx";
import css from "../phone.module.css";
import { useServiceAccounts } from "./Accounts.tsx";
import { serviceWords } from "./words.ts";

const POOL = 2;
const SERVED = 3;

function Row({
  session,
  name,
  userid,
  onOpen,
}: {
  session: ServiceSession;
  name: string;
  userid: string;
  onOpen: (chat: string) => void;
}) {
  const text = useText(serviceWords);
  const person = usePerson(session.person).data?.name ?? "";
  const act = useMutation({
    mutationFn: (what: "take" | "end") =>
      service.act(session.open_kfid, userid, what, session.person),
  });
  return (
    <li className={css.row}>
      <Portrait src={`/avatar/p-${session.person}.svg`} size={40} />
      <div className={css.grow}>
        <p className={css.line}>{person}</p>
        <p className={`${css.line} ${css.soft}`}>
          {name} · {text.states[session.state]}
        </p>
      </div>
      {session.state === POOL ? (
        <Button looks={["small"]} disabled={act.isPending} onClick={() => act.mutate("take")}>
          {text.take}
        </Button>
      ) : (
        <>
          <Button
            looks={["small"]}
            onClick={() => onOpen(`${SERVICE}${session.open_kfid}|${session.person}`)}
          >
            {text.open}
          </Button>
          <Button
            looks={["small", "danger"]}
            disabled={act.isPending}
            onClick={() => act.mutate("end")}
          >
            {text.end}
          </Button>
        </>
      )}
    </li>
  );
}

function OfAccount({
  account,
  userid,
  onOpen,
}: {
  account: ServiceAccount;
  userid: string;
  onOpen: (chat: string) => void;
}) {
  const sessions = useQuery({
    queryKey: keys.serviceSessions(account.open_kfid),
    queryFn: () => service.sessions(account.open_kfid),
  });
  return (sessions.data ?? [])
    .filter(({ state, servicer }) => state === POOL || (state === SERVED && servicer === userid))
    .map((session) => (
      <Row
        key={session.person}
        session={session}
        name={account.name}
        userid={userid}
        onOpen={onOpen}
      />
    ));
}

/** The sessions of customer service a staff account has, or could take. */
export function Sessions({ userid, onOpen }: { userid: string; onOpen: (chat: string) => void }) {
  const found = useServiceAccounts().data ?? [];
  return (
    <ul>
      {found.map((account) => (
        <OfAccount key={account.open_kfid} account={account} userid={userid} onOpen={onOpen} />
      ))}
    </ul>
  );
}
