import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { world } from "../api/client.ts";
import { keys } from "../api/keys.ts";
import type { Person } from "../api/types.ts";
import { castWords } from "../cast/words.ts";
import { useStage } from "../stage.ts";
import { Button } from "../ui/Button.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { Portrait, Shown } from "../ui/states.tsx";
import { tell } from "../ui/toast.tsx";
import ui from "../ui/ui.module.css";
import css from "./phone.module.css";
import { phoneWords } from "./words.ts";

export type Forwarding = { url: string; title: string };

/** Sends a link on to somebody else, whose phone then comes to the front. */
export function ForwardSheet({
  from,
  what,
  onClose,
}: {
  from: Person;
  what: Forwarding;
  onClose: () => void;
}) {
  const text = useText(phoneWords);
  const cast = useText(castWords);
  const { choose } = useStage();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const people = useQuery({
    queryKey: [...keys.people, "short", q],
    queryFn: () => world.people(q, ""),
  });
  const forward = useMutation({
    mutationFn: (to: Person | null) => world.forward(from.id, what.url, what.title, to?.id ?? null),
    onSuccess: ({ to, chat }, friend) => {
      tell(text.forwarded(friend?.name ?? text.forwardNew));
      onClose();
      choose({ kind: "p", id: to }, chat);
    },
  });
  return (
    <Sheet title={text.forwardTo} onClose={onClose}>
      <div className={css.menu}>
        <Button
          looks={["strong"]}
          disabled={forward.isPending}
          onClick={() => forward.mutate(null)}
        >
          {text.forwardNew}
        </Button>
        <input
          type="search"
          className={ui.input}
          value={typed}
          placeholder={cast.search}
          aria-label={cast.search}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Shown query={people}>
        {({ items }) => (
          <ul>
            {items
              .filter((person) => person.id !== from.id)
              .map((person) => (
                <li key={person.id}>
                  <button
                    type="button"
                    className={css.row}
                    disabled={forward.isPending}
                    onClick={() => forward.mutate(person)}
                  >
                    <Portrait src={person.avatar} />
                    <span className={css.line}>{person.name}</span>
                  </button>
                </li>
              ))}
          </ul>
        )}
      </Shown>
    </Sheet>
  );
}
