import type { StaffAccount } from "@kit/api/types.ts";

type Named = Pick<StaffAccount, "id" | "name" | "alias" | "userid">;

/** What an account is called in a list: with its alias or id where another has the same name. */
export function labelOf(account: Named, among: readonly Named[]): string {
  const shared = among.some(({ id, name }) => id !== account.id && name === account.name);
  return shared ? `${account.name}（${account.alias || account.userid}）` : account.name;
}
