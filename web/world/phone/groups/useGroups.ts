import { useQuery } from "@tanstack/react-query";
import { groups } from "../../api/groups.ts";
import { keys } from "../../api/keys.ts";
import { labelOf, type Who } from "../../stage.ts";

/** The groups somebody is in. */
export function useGroupsOf(who: Who) {
  const me = labelOf(who);
  return useQuery({ queryKey: keys.groups(me), queryFn: () => groups.of(me) });
}

export function useMembers(chatId: string) {
  return useQuery({
    queryKey: [...keys.group(chatId), "members"],
    queryFn: () => groups.members(chatId),
  });
}
