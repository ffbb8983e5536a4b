/** What the control API of the simulated world shows (`/world/api`). */

export type Side = { who: string; name: string; avatar: string };
export type MessageKind =
  | "text"
  | "link"
  | "image"
  | "video"
  | "file"
  | "miniprogram"
  | "card"
  | "system";
export type Message = {
  id: number;
  at: number;
  sender: string;
  kind: MessageKind;
  source: string;
  text: string;
  title: string;
  desc: string;
  url: string;
  open_url: string;
  pic: string;
  choices?: Choice[];
};
/** An entry of a menu message: said when it is pressed, or opened. */
export type Choice = { id: string; label: string; url: string };
export type ChatState = "friend" | "lost" | "pending";
export type Chat = { chat: string; peer: Side; state: ChatState; messages: Message[] };

export type Relation = {
  userid: string;
  staff_name: string;
  person: number;
  person_name: string;
  remark: string;
  state: string;
  created: number;
  staff_has: boolean;
  customer_has: boolean;
  pending: boolean;
  half: boolean;
  tags: string[];
};
export type Person = {
  id: number;
  name: string;
  gender: number;
  avatar: string;
  own_host: string;
  phone: string;
  snapshot: boolean;
  origin: string;
  contacts: Relation[];
};
export type Staff = {
  userid: string;
  name: string;
  alias: string;
  position: string;
  avatar: string;
  own_host: string;
  customers: number;
  can_contact: boolean;
  status: number;
};
export type Way = {
  config_id: string;
  state: string;
  remark: string;
  user: string[];
  picture: string;
  scan_url: string;
  scans: number;
  created: number;
};
export type Product = { sku: string; name: string; price_fen: number; url: string };
export type WorldState = {
  corp: { corpid: string; name: string; base_url: string };
  now: number;
  apps: { agentid: number; name: string; trusted_domain: string }[];
  staff: Staff[];
  people: { total: number };
  ways: Way[];
  shop: { name: string; configured: boolean; products: Product[] };
  personal_hosts: string[];
  waiting_callbacks: number;
};
export type Scanned = {
  outcome: "added" | "again" | "friend" | "asked";
  userid: string;
  staff_name: string;
  welcome_code_given: boolean;
  chat: string;
};
export type Order = {
  external_id: string;
  person: number;
  sku: string;
  quantity: number;
  amount_fen: number;
  status: "paid" | "refunded";
  at: number;
  reported: boolean;
  refund_fen: number;
};
export type Forwarded = { to: number; chat: string; url: string; open_url: string };
export type CorpTag = { id: string; name: string };
export type CorpTagGroup = { id: string; name: string; tags: CorpTag[] };

export type Act = "arrive" | "open" | "forward" | "buy" | "refund" | "delete" | "return";
export type Story = {
  id: string;
  status: "running" | "done" | "stopped";
  people: number;
  seconds: number;
  started: number;
  steps: number;
  steps_done: number;
  acts: Partial<Record<Act, Record<string, number>>>;
  problems: string[];
};

export type LogKind =
  | "api"
  | "callback"
  | "verify"
  | "oauth"
  | "js"
  | "page"
  | "order"
  | "beat"
  | "fault";
export type LogEntry = {
  id: number;
  at: number;
  kind: LogKind;
  sender: string;
  receiver: string;
  method: string;
  path: string;
  request: string;
  response: string;
  status: number | null;
  errcode: number | null;
  milliseconds: number;
  note: string;
};
export type Paged<T> = { items: T[]; next_cursor: string | null };
