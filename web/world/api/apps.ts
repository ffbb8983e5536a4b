import { ask, list } from "./ask.ts";

type Option = { id: string; text: string; is_checked?: boolean };

/** Something to choose from on a card; `mode` 1 lets one choose several. */
export type Question = {
  question_key: string;
  title?: string;
  mode?: number;
  selected_id?: string;
  option_list?: Option[];
};
type Titled = { title?: string; desc?: string };
type Key = { text: string; key: string };

/** A template card (模板卡片), as far as it is drawn here; `replaced` is what the app made of its
 * buttons. */
export type Card = {
  main_title?: Titled;
  emphasis_content?: Titled;
  quote_area?: { title?: string; quote_text?: string };
  sub_title_text?: string;
  horizontal_content_list?: { keyname: string; value?: string }[];
  checkbox?: Question;
  button_selection?: Question;
  select_list?: Question[];
  button_list?: (Key & { type?: number; url?: string })[];
  submit_button?: Key;
  action_menu?: { desc?: string; action_list?: Key[] };
  card_action?: { url?: string };
  replaced?: string;
};
export type AppMessage = {
  msgid: string;
  agentid: number;
  at: number;
  msgtype: string;
  recalled: boolean;
  content: Record<string, unknown>;
};
/** Chosen options by question. */
export type Answers = Record<string, string[]>;

const of = (userid: string) => `/staff/${userid}/app-messages`;

/** What apps write to a staff account, and what is pressed there. */
export const apps = {
  messages: (userid: string) => list<AppMessage>(of(userid)),
  press: (userid: string, msgid: string, key: string, answers: Answers) =>
    ask<AppMessage>("POST", `${of(userid)}/${msgid}/press`, { key, answers }),
};
