import { sentenceOf } from "@kit/api/problem.ts";
import { mayBePhone, whoseIs } from "@kit/api/sought.ts";
import { App } from "antd";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { InAddress } from "../api.ts";

type Searched = Pick<InAddress, "q" | "customer">;

/**
 * The search of the list. Words stand in the address; a phone number never does, there or in what
 * is asked of the server: in the address stands whose it is.
 */
export function useSearch(values: Searched, change: (changes: Required<Searched>) => void) {
  const { message } = App.useApp();
  const [phone, setPhone] = useState("");
  const latest = useRef("");

  async function search(words: string): Promise<void> {
    latest.current = words;
    if (!mayBePhone(words)) {
      setPhone("");
      return change({ q: words, customer: "" });
    }
    setPhone(words);
    try {
      const customer = await whoseIs(words);
      if (latest.current === words) change({ q: "", customer: String(customer) });
    } catch (failure) {
      if (latest.current === words) message.error(sentenceOf(failure));
    }
  }

  // Addresses and views that were kept earlier may have one.
  const { q = "", customer } = values;
  const old = useEffectEvent(() => search(q));
  useEffect(() => {
    if (mayBePhone(q)) old();
  }, [q]);

  const waits = mayBePhone(q);
  return { text: customer || waits ? phone || undefined : q, search, waits };
}
