import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { castWords } from "../cast/words.ts";
import { useStage } from "../stage.ts";
import { tell } from "../ui/toast.tsx";
import { world } from "./client.ts";
import { keys } from "./keys.ts";
import { type Code, wayInto } from "./scan.ts";
import type { Person, WorldState } from "./types.ts";

export function useWorldState() {
  return useQuery({ queryKey: keys.state, queryFn: world.state });
}

export function usePerson(id: number | null) {
  return useQuery({
    queryKey: keys.person(id ?? 0),
    queryFn: () => world.person(id ?? 0),
    enabled: id !== null,
  });
}

/** siyu's own host, if an app of the corporation already trusts one. */
export function siyuHost(state: WorldState | undefined): string | null {
  return state?.apps.find((app) => app.trusted_domain)?.trusted_domain ?? null;
}

/** Lets somebody new be born and puts them on stage. */
export function useNewcomer() {
  const client = useQueryClient();
  const { choose } = useStage();
  return useMutation({
    mutationFn: world.makePerson,
    onSuccess: (person) => {
      client.setQueryData(keys.person(person.id), person);
      choose({ kind: "p", id: person.id });
    },
  });
}

/** Lets a person (or, without one, somebody new) scan a code and shows the chat that follows. */
export function useScan() {
  const text = useText(castWords);
  const client = useQueryClient();
  const { choose } = useStage();
  return useMutation({
    mutationFn: async ({ person, code }: { person: Person | null; code: Code }) => {
      const who = person ?? (await world.makePerson());
      return { who, met: await wayInto(code)(who.id, code) };
    },
    onSuccess: ({ who, met }) => {
      void client.invalidateQueries({ queryKey: keys.state });
      if (met.staff) choose({ kind: "s", userid: met.staff });
      choose({ kind: "p", id: who.id }, met.chat ?? undefined);
      tell(text.outcomes[met.how](who.name, met.name));
    },
  });
}
