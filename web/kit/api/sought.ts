import { api, take } from "./client.ts";

/** A number in the making is kept out of addresses as a whole one is. */
const FEWEST_DIGITS = 7;
const LIKE_PHONE = /^(\+|0|86|1[3-9])[\d\s().-]*$/;

/** Whether words may be a phone number, as people type it. */
export function mayBePhone(words: string): boolean {
  const narrow = words.normalize("NFKC");
  return LIKE_PHONE.test(narrow) && narrow.replace(/\D/g, "").length >= FEWEST_DIGITS;
}

/** Whose a phone number is; 0, which is nobody, where it leads to none that may be seen. */
export async function whoseIs(phone: string): Promise<number> {
  const found = await take(api.POST("/api/customers/by-phone", { body: { phone } }));
  return found.customer_id ?? 0;
}

/** What the list of customers is asked for by words: of a phone number, whose it is. */
export async function sought(words: string): Promise<{ q: string } | { customer: number }> {
  return mayBePhone(words) ? { customer: await whoseIs(words) } : { q: words };
}
