import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { world } from "../api/client.ts";
import { keys } from "../api/keys.ts";
import type { CorpTagGroup, Relation } from "../api/types.ts";
import { Button } from "../ui/Button.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import css from "./phone.module.css";
import { phoneWords } from "./words.ts";

function Form({
  relation,
  groups,
  onClose,
}: {
  relation: Relation;
  groups: CorpTagGroup[];
  onClose: () => void;
}) {
  const text = useText(phoneWords);
  const client = useQueryClient();
  const [remark, setRemark] = useState(relation.remark);
  const all = groups.flatMap((group) => group.tags);
  const [marked, setMarked] = useState(
    () => new Set(all.filter((tag) => relation.tags.includes(tag.name)).map((tag) => tag.id)),
  );
  const save = useMutation({
    mutationFn: () =>
      world.edit(relation.userid, { person: relation.person, remark, tags: [...marked] }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.customers(relation.userid) });
      onClose();
    },
  });
  const toggle = (id: string) => {
    const next = new Set(marked);
    if (!next.delete(id)) next.add(id);
    setMarked(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <label>
        {text.remark}
        <input
          className={ui.input}
          value={remark}
          maxLength={20}
          onChange={(event) => setRemark(event.target.value)}
        />
      </label>
      {groups.map((group) => (
        <fieldset key={group.id} className={css.tags}>
          <legend className={css.soft}>{group.name}</legend>
          {group.tags.map((tag) => (
            <label key={tag.id}>
              <input type="checkbox" checked={marked.has(tag.id)} onChange={() => toggle(tag.id)} />
              {tag.name}
            </label>
          ))}
        </fieldset>
      ))}
      <Button type="submit" looks={["strong"]} disabled={save.isPending}>
        {text.save}
      </Button>
    </form>
  );
}

/** What a staff member edits of a customer inside the client: remark and corp tags. */
export function EditSheet({ relation, onClose }: { relation: Relation; onClose: () => void }) {
  const text = useText(phoneWords);
  const groups = useQuery({ queryKey: keys.tags, queryFn: world.tagGroups, staleTime: 0 });
  return (
    <Sheet title={`${text.edit} · ${relation.person_name}`} onClose={onClose}>
      <Shown query={groups}>
        {(data) => <Form relation={relation} groups={data} onClose={onClose} />}
      </Shown>
    </Sheet>
  );
}
