import { useText } from "@kit/i18n/messages.ts";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Group, type GroupChange, type GroupMember, groups } from "../../api/groups.ts";
import { Button } from "../../ui/Button.tsx";
import { tell } from "../../ui/toast.tsx";
import ui from "../../ui/ui.module.css";
import css from "../phone.module.css";
import { groupWords } from "./words.ts";

function HandOver({ group, members }: { group: Group; members: GroupMember[] }) {
  const text = useText(groupWords);
  const heirs = members.filter(
    (member) => member.who.startsWith("s-") && member.who !== `s-${group.owner}`,
  );
  const [chosen, setChosen] = useState("");
  const change = useMutation({
    mutationFn: (owner: string) => groups.change(group.chat_id, { owner }),
  });
  if (heirs.length === 0) return <p className={css.soft}>{text.nobodyElse}</p>;
  const heir = chosen || (heirs[0]?.who.slice(2) ?? "");
  return (
    <div className={css.pair}>
      <label className={css.grow}>
        {text.handOver}
        <select
          className={ui.input}
          value={heir}
          onChange={(event) => setChosen(event.target.value)}
        >
          {heirs.map((member) => (
            <option key={member.who} value={member.who.slice(2)}>
              {member.name}
            </option>
          ))}
        </select>
      </label>
      <Button disabled={change.isPending} onClick={() => change.mutate(heir)}>
        {text.handOverDo}
      </Button>
    </div>
  );
}

function Dismiss({ group, onClose }: { group: Group; onClose: () => void }) {
  const text = useText(groupWords);
  const [sure, setSure] = useState(false);
  const dismiss = useMutation({
    mutationFn: () => groups.dismiss(group.chat_id),
    onSuccess: () => {
      tell(text.dismissed);
      onClose();
    },
  });
  return (
    <>
      {sure && <p role="alert">{text.sureDismiss}</p>}
      <Button
        looks={["danger"]}
        disabled={dismiss.isPending}
        onClick={() => (sure ? dismiss.mutate() : setSure(true))}
      >
        {text.dismiss}
      </Button>
    </>
  );
}

/** What owner and admins do: name and notice; and the owner alone: hand over, dismiss. */
export function Manage({
  group,
  members,
  owns,
  onClose,
}: {
  group: Group;
  members: GroupMember[];
  owns: boolean;
  onClose: () => void;
}) {
  const text = useText(groupWords);
  const [name, setName] = useState(group.name);
  const [notice, setNotice] = useState(group.notice);
  const save = useMutation({
    mutationFn: (change: GroupChange) => groups.change(group.chat_id, change),
    onSuccess: onClose,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Only what is another than before: each of them is told by a callback of its own.
    save.mutate({
      ...(name === group.name ? {} : { name }),
      ...(notice === group.notice ? {} : { notice }),
    });
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <label>
        {text.name}
        <input
          className={ui.input}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label>
        {text.notice}
        <textarea
          className={ui.input}
          rows={2}
          value={notice}
          onChange={(event) => setNotice(event.target.value)}
        />
      </label>
      <Button
        type="submit"
        looks={["strong"]}
        disabled={save.isPending || (name === group.name && notice === group.notice)}
      >
        {text.save}
      </Button>
      {owns && <HandOver group={group} members={members} />}
      {owns && <Dismiss group={group} onClose={onClose} />}
    </form>
  );
}
