import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Group } from "../../api/groups.ts";
import { keys } from "../../api/keys.ts";
import { tasks } from "../../api/tasks.ts";
import type { Relation } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Sheet } from "../../ui/Sheet.tsx";
import { tell } from "../../ui/toast.tsx";
import ui from "../../ui/ui.module.css";
import { Choice } from "../Choice.tsx";
import css from "../phone.module.css";
import { taskWords } from "./words.ts";

/** A staff member's own mass message (个人群发): written, addressed and sent in the client. */
export function NewMass({
  userid,
  customers,
  groups,
  onClose,
}: {
  userid: string;
  customers: Relation[];
  groups: Group[];
  onClose: () => void;
}) {
  const text = useText(taskWords);
  const client = useQueryClient();
  const [words, setWords] = useState("");
  const [url, setUrl] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [into, setInto] = useState<"customers" | "groups">("customers");
  const send = useMutation({
    mutationFn: () => tasks.personalMass(userid, words.trim(), url.trim(), [...chosen]),
    onSuccess: () => {
      tell(text.sent);
      void client.invalidateQueries({ queryKey: keys.mass(userid) });
      onClose();
    },
  });
  const among = {
    customers: customers
      .filter((one) => one.customer_has)
      .map((one) => ({ key: `p-${one.person}`, name: one.remark || one.person_name })),
    groups: groups
      .filter((one) => one.owner === userid)
      .map((one) => ({ key: one.chat_id, name: one.name })),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <Sheet title={text.personal} onClose={onClose}>
      <form className={css.form} onSubmit={submit}>
        <label>
          {text.words}
          <textarea
            className={ui.input}
            rows={3}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </label>
        <label>
          {text.link}
          <input
            className={ui.input}
            value={url}
            inputMode="url"
            onChange={(event) => setUrl(event.target.value)}
          />
        </label>
        <label>
          {text.receivers}
          <select
            className={ui.input}
            value={into}
            onChange={(event) => {
              setInto(event.target.value === "groups" ? "groups" : "customers");
              setChosen(new Set());
            }}
          >
            <option value="customers">{text.massSingle}</option>
            <option value="groups">{text.massGroup}</option>
          </select>
        </label>
        <Choice label={text.receivers} among={among[into]} chosen={chosen} onChange={setChosen} />
        <Button
          type="submit"
          looks={["strong"]}
          disabled={!(words.trim() || url.trim()) || chosen.size === 0 || send.isPending}
        >
          {text.confirmSome(chosen.size)}
        </Button>
      </form>
    </Sheet>
  );
}
