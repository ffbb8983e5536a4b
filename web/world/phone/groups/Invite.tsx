import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { world } from "../../api/client.ts";
import { type Group, type GroupMember, groups } from "../../api/groups.ts";
import { keys } from "../../api/keys.ts";
import { Button } from "../../ui/Button.tsx";
import { Choice } from "../Choice.tsx";
import css from "../phone.module.css";
import { groupWords } from "./words.ts";

/** Brings customers of a staff account into a group it is in. */
export function Invite({
  group,
  userid,
  members,
}: {
  group: Group;
  userid: string;
  members: GroupMember[];
}) {
  const text = useText(groupWords);
  const customers = useQuery({
    queryKey: keys.customers(userid),
    queryFn: () => world.customers(userid),
  });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const invite = useMutation({
    mutationFn: () => groups.invite(group.chat_id, [...chosen], `s-${userid}`),
    onSuccess: () => setChosen(new Set()),
  });
  const inside = new Set(members.map((member) => member.who));
  const outside = (customers.data ?? [])
    .filter((one) => one.customer_has && !inside.has(`p-${one.person}`))
    .map((one) => ({ key: `p-${one.person}`, name: one.remark || one.person_name }));
  if (outside.length === 0) return <p className={css.soft}>{text.allInside}</p>;
  return (
    <div className={css.form}>
      <Choice label={text.invite} among={outside} chosen={chosen} onChange={setChosen} />
      <Button disabled={chosen.size === 0 || invite.isPending} onClick={() => invite.mutate()}>
        {text.inviteDo(chosen.size)}
      </Button>
    </div>
  );
}
