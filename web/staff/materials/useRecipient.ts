import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { readChatCustomer, readCustomer } from "../api/client.ts";
import { customerOfChat } from "../api/jssdk.ts";
import { keys } from "../api/keys.ts";

export type Recipient = { id: number; name: string };

async function chatRecipient(): Promise<Recipient | null> {
  const external = await customerOfChat();
  if (external === null) return null;
  const found = await readChatCustomer(external);
  return { id: found.customer_id, name: found.name };
}

/** To whom things are sent: whom the page was opened for, whom the staff member chose, or whose
 * chat is at hand. */
export function useRecipient(wanted: number | null) {
  const [chosen, choose] = useState<Recipient | null>(null);
  const named = useQuery({
    queryKey: keys.customer(wanted ?? 0),
    queryFn: () => readCustomer(wanted ?? 0),
    enabled: wanted !== null,
  });
  const chat = useQuery({
    queryKey: keys.chat,
    queryFn: chatRecipient,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const atHand = chat.data ?? null;
  const asked = named.data ? { id: named.data.id, name: named.data.name } : null;
  const customer = chosen ?? asked ?? atHand;
  return { customer, choose, inChat: customer !== null && customer.id === atHand?.id };
}

export type RecipientChoice = ReturnType<typeof useRecipient>;
