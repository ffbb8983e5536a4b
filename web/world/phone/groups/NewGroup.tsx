import { useText } from "@kit/i18n/messages.ts";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { groups } from "../../api/groups.ts";
import type { Relation } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Sheet } from "../../ui/Sheet.tsx";
import ui from "../../ui/ui.module.css";
import { Choice } from "../Choice.tsx";
import css from "../phone.module.css";
import { groupWords } from "./words.ts";

/** Lets a staff account begin a group with customers of its own. */
export function NewGroup({
  userid,
  customers,
  onBegun,
  onClose,
}: {
  userid: string;
  customers: Relation[];
  onBegun: (chatId: string) => void;
  onClose: () => void;
}) {
  const text = useText(groupWords);
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const begin = useMutation({
    mutationFn: () => groups.begin({ userid, name: name.trim(), invited: [...chosen] }),
    onSuccess: (group) => {
      onClose();
      onBegun(group.chat_id);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate();
  };
  const among = customers
    .filter((one) => one.customer_has)
    .map((one) => ({ key: `p-${one.person}`, name: one.remark || one.person_name }));
  return (
    <Sheet title={text.begin} onClose={onClose}>
      <form className={css.form} onSubmit={submit}>
        <label>
          {text.name}
          <input
            className={ui.input}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <Choice label={text.who} among={among} chosen={chosen} onChange={setChosen} />
        <Button type="submit" looks={["strong"]} disabled={!name.trim() || begin.isPending}>
          {text.beginDo}
        </Button>
      </form>
    </Sheet>
  );
}
