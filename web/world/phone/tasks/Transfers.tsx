import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { usePerson, useWorldState } from "../../api/hooks.ts";
import { keys } from "../../api/keys.ts";
import { type Transfer, tasks } from "../../api/tasks.ts";
import type { Staff } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import { dayClock } from "../../ui/clock.ts";
import { Empty, Shown } from "../../ui/states.tsx";
import { tell } from "../../ui/toast.tsx";
import css from "../phone.module.css";
import { taskWords } from "./words.ts";

const WAITING = 2;

function useTransfers() {
  return useQuery({ queryKey: keys.transfers, queryFn: tasks.transfers });
}

function useStaffName(): (userid: string) => string {
  const staff = useWorldState().data?.staff;
  return (userid) => staff?.find((one) => one.userid === userid)?.name ?? userid;
}

/** What a customer is told of a hand-over, with the way to refuse it. */
export function TransferOffer({ person }: { person: number }) {
  const text = useText(taskWords);
  const nameOf = useStaffName();
  const found = useTransfers().data ?? [];
  const refuse = useMutation({
    mutationFn: () => tasks.refuse(person),
    onSuccess: () => tell(text.refused),
  });
  return found
    .filter((one) => one.person === person && one.status === WAITING)
    .map((one) => (
      <div key={one.id} className={css.offer} role="status">
        <p>{text.offer(nameOf(one.takeover), dayClock(one.due))}</p>
        <Button looks={["small"]} disabled={refuse.isPending} onClick={() => refuse.mutate()}>
          {text.refuse}
        </Button>
      </div>
    ));
}

function Line({ transfer, userid }: { transfer: Transfer; userid: string }) {
  const text = useText(taskWords);
  const nameOf = useStaffName();
  const person = usePerson(transfer.person).data?.name ?? String(transfer.person);
  return (
    <li className={css.row}>
      <p className={`${css.grow} ${css.line}`}>
        {transfer.handover === userid
          ? text.giving(person, nameOf(transfer.takeover))
          : text.taking(person, nameOf(transfer.handover))}
      </p>
      <span className={css.soft}>{text.transferStates[transfer.status]}</span>
    </li>
  );
}

function Resign({ staff }: { staff: Staff }) {
  const text = useText(taskWords);
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const resign = useMutation({
    mutationFn: () => tasks.resign(staff.userid),
    onSuccess: () => {
      tell(text.resigned);
      void client.invalidateQueries({ queryKey: keys.state });
    },
  });
  return (
    <div className={css.make}>
      {sure && <p role="alert">{text.sureResign(staff.name)}</p>}
      <Button
        looks={["danger"]}
        disabled={resign.isPending || staff.status !== 1}
        onClick={() => (sure ? resign.mutate() : setSure(true))}
      >
        {text.resign}
      </Button>
    </div>
  );
}

/** Customers that go to or come from other accounts, and the way out of the corporation. */
export function HandOvers({ staff }: { staff: Staff }) {
  const text = useText(taskWords);
  const transfers = useTransfers();
  return (
    <>
      <h3 className={css.heading}>{text.transfers}</h3>
      <Shown query={transfers}>
        {(all) => {
          const found = all.filter((one) => [one.handover, one.takeover].includes(staff.userid));
          if (found.length === 0) return <Empty>{text.noTransfers}</Empty>;
          return (
            <ul>
              {found.map((one) => (
                <Line key={one.id} transfer={one} userid={staff.userid} />
              ))}
            </ul>
          );
        }}
      </Shown>
      <h3 className={css.heading}>{text.account}</h3>
      <Resign staff={staff} />
    </>
  );
}
