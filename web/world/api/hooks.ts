import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { SERVICE, useStage } from "../stage.ts";
import { tell } from "../ui/toast.tsx";
import { castWords, phoneWords } from "../words.ts";
import { world } from "./client.ts";
import { groups } from "./groups.ts";
import { keys } from "./keys.ts";
import { service } from "./service.ts";
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

/** What a code is: by its id, or by the address it holds; `group` when it leads into one. */
export type Code = { config_id?: string; url?: string; group?: boolean };

/** Whether a code leads into a group, as far as its address tells. */
export function intoGroup(code: Code): boolean {
  return code.group ?? /\/(g|qr\/group)\/[^/]+$/.test(code.url?.split("?")[0] ?? "");
}

/** Whether a code leads into the chat with an account of customer service. */
function intoService(code: Code): boolean {
  return /\/kf\/[^/]+$/.test(code.url?.split("?")[0] ?? "");
}

/** Lets a person (or, without one, somebody new) scan a code and shows the chat that follows. */
export function useScan() {
  const text = useText(castWords);
  const phone = useText(phoneWords);
  const client = useQueryClient();
  const { choose } = useStage();
  return useMutation({
    mutationFn: async ({ person, code }: { person: Person | null; code: Code }) => {
      const who = person ?? (await world.makePerson());
      const { group: _, ...parts } = code;
      if (intoGroup(code)) return { who, joined: await groups.scan(who.id, parts) };
      if (intoService(code)) return { who, entered: await service.enter(who.id, parts) };
      return { who, scanned: await world.scan(who.id, parts) };
    },
    onSuccess: ({ who, scanned, joined, entered }) => {
      void client.invalidateQueries({ queryKey: keys.state });
      if (joined) {
        choose({ kind: "p", id: who.id }, joined.chat_id);
        tell(phone[joined.outcome === "joined" ? "joined" : "inside"](joined.name));
        return;
      }
      if (entered) {
        choose({ kind: "p", id: who.id }, `${SERVICE}${entered.open_kfid}`);
        return;
      }
      choose({ kind: "s", userid: scanned.userid });
      choose({ kind: "p", id: who.id }, scanned.chat);
      tell(text.outcomes[scanned.outcome](who.name, scanned.staff_name));
    },
  });
}
