import type { LiveCode, LiveCodeWrite } from "@kit/api/types.ts";

/** Stands for the customer's nickname in a welcome; the server fills it in when sending. */
export const CUSTOMER_NAME = "{客户昵称}";

/** WeCom takes at most this many bytes of text and attachments in one welcome. */
export const WELCOME_BYTES = 4000;
export const WELCOME_ATTACHMENTS = 9;

/** What the builder starts with. */
export const BLANK: LiveCodeWrite = {
  name: "",
  channel_id: 0,
  staff_account_ids: [],
  tag_ids: [],
  welcome: { text: "", attachments: [] },
  skip_verify: true,
};

export function writeOf(code: LiveCode): LiveCodeWrite {
  return {
    name: code.name,
    channel_id: code.channel.id,
    staff_account_ids: code.staff.map((one) => one.id),
    tag_ids: code.tags.map((one) => one.id),
    welcome: code.welcome,
    skip_verify: code.skip_verify,
  };
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
