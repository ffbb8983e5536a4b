/** The shapes that pages use, under the words of the product. */

export type Page<T> = { items: T[]; next_cursor?: string | null };

export type RoleName = "admin" | "planner" | "manager" | "staff";
export type ScopeName = "all" | "department" | "self";
export type OwnStaffAccount = { id: number; userid: string; name: string; avatar_url: string };
export type Session = {
  employee_id: number;
  name: string;
  role: RoleName;
  scope: ScopeName;
  permissions: string[];
  tenant: { id: number; name: string; timezone: string };
  staff_accounts: OwnStaffAccount[];
  staff_account_id: number | null;
};
export type Setup = { needs_administrator: boolean; tenant_name: string };

export type Named = { id: number; name: string };
export type StaffRef = { id: number; name: string; avatar_url: string | null };
export type TagRef = { id: number; name: string; group: string | null };

export type FigureUnit = "count" | "people" | "fen" | "ratio" | "times" | "seconds";
export type FigurePart = {
  key: string;
  name: string;
  value: number | null;
  why_unknown: string | null;
};
export type Figure = {
  key: string;
  name: string;
  unit: FigureUnit;
  definition: string;
  source: string;
  value: number | null;
  known: boolean;
  why_unknown: string | null;
  note: string | null;
  previous: number | null;
  good_when_low: boolean;
  drill: "people" | "orders" | null;
  parts: FigurePart[];
  series: { at: string; value: number | null }[];
};
export type Cell = { value: number | null; why_unknown: string | null };
export type ChannelRow = {
  channel_id: number | null;
  name: string;
  exposed: Cell;
  added: Cell;
  first_day_churn: Cell;
  orders: Cell;
  gmv_fen: Cell;
  cost_fen: Cell;
  roi: Cell;
};
export type StaffRow = {
  rank: number;
  staff_account_id: number;
  name: string;
  avatar_url: string;
  mine: boolean;
  added: Cell;
  readings: Cell;
  orders: Cell;
  gmv_fen: Cell;
};
export type PeriodView = {
  first: string;
  last: string;
  start: string;
  end: string;
  step: string;
  timezone: string;
};
export type Dashboard = {
  period: PeriodView;
  compared_with: PeriodView;
  as_of: { at: string; lag_seconds: number };
  north_star: {
    rate: string;
    numerator: string;
    denominator: string;
    sales: string;
    factors: string[];
  };
  figures: Figure[];
  channels: ChannelRow[];
  staff: StaffRow[];
};
export type Attention = {
  kind: string;
  urgent: boolean;
  title: string;
  detail: string;
  count: number;
  link: string;
};
export type AttentionList = { items: Attention[]; as_of: string };
export type FirstStep = {
  key: string;
  title: string;
  detail: string;
  done: boolean;
  allowed: boolean;
  link: string;
};
export type FirstSteps = { items: FirstStep[]; done: number; total: number };
export type CustomerBehind = {
  id: number;
  name: string;
  avatar_url: string;
  last_add_at: string | null;
  staff: string[];
};
export type OrderBehind = {
  id: number;
  number: string;
  state: string;
  paid_at: string | null;
  amount_fen: number;
  refund_fen: number;
  customer_id: number | null;
  customer_name: string | null;
};
export type Metric = {
  key: string;
  name: string;
  unit: FigureUnit;
  definition: string;
  source: string;
  good_when_low: boolean;
  drill: "people" | "orders" | null;
};

export type WelcomeLink = { kind: "link"; title: string; url: string; description: string };
export type WelcomeImage = { kind: "image"; file_id: string };
export type Welcome = { text: string; attachments: (WelcomeLink | WelcomeImage)[] };
export type LiveCodeState = "creating" | "active" | "failed" | "deleting" | "removed";
export type LiveCode = {
  id: number;
  name: string;
  state: LiveCodeState;
  problem: string | null;
  channel: Named;
  staff: StaffRef[];
  tags: TagRef[];
  welcome: Welcome;
  skip_verify: boolean;
  has_picture: boolean;
  created_at: string;
  added: number;
  customers: number;
  lost_first_day: number;
  orders: number | null;
  gmv_fen: number | null;
};
export type LiveCodeWrite = {
  name: string;
  channel_id: number;
  staff_account_ids: number[];
  tag_ids: number[];
  welcome: Welcome;
  skip_verify: boolean;
};

export type ChannelKind = "parcel_card" | "store" | "poster" | "online" | "other";
export type Channel = {
  id: number;
  name: string;
  kind: ChannelKind;
  note: string;
  exposed: number | null;
  cost_fen: number | null;
  added: number;
  customers: number;
  lost_first_day: number;
  orders: number | null;
  gmv_fen: number | null;
};
export type ChannelWrite = { name: string; kind: ChannelKind; note: string };
export type Exposure = { count: number; cost_fen: number };

export type CustomerState = "active" | "lost";
export type CustomerRow = {
  id: number;
  name: string;
  avatar_url: string | null;
  kind: "wechat" | "wecom";
  tags: TagRef[];
  staff: StaffRef[];
  channel: Named | null;
  state: CustomerState;
  added_at: string | null;
  order_count: number;
  gmv_fen: number;
};
export type Contact = {
  id: number;
  staff: StaffRef;
  remark: string | null;
  add_way: string;
  channel: Named | null;
  live_code: Named | null;
  state: "active" | "lost_by_customer" | "lost_by_staff";
  added_at: string;
  first_add_at: string | null;
  lost_at: string | null;
};
export type Identity = { kind: string; value: string; linked_at: string; evidence: string };
export type Customer = {
  id: number;
  name: string;
  avatar_url: string | null;
  kind: "wechat" | "wecom";
  gender: "male" | "female" | null;
  state: CustomerState;
  phone_masked: string | null;
  tags: TagRef[];
  contacts: Contact[];
  identities: Identity[];
  watching_since: string | null;
  order_count: number;
  gmv_fen: number;
  view_count: number;
  last_active_at: string | null;
};
export type TimelineEntry = {
  id: string;
  type: string;
  occurred_at: string;
  title: string;
  detail: string | null;
};

export type Tag = { id: number; name: string; source: "wecom" | "internal"; customers: number };
export type TagGroup = { id: number; name: string; tags: Tag[] };

export type MaterialState = "draft" | "published" | "archived";
export type Material = {
  id: number;
  kind: string;
  state: string;
  slug: string;
  title: string;
  summary: string;
  cover_url: string | null;
  topics: string[];
  created_at: string;
  updated_at: string;
  published_at: string | null;
};
export type MaterialFull = Material & { body: string; cover_key: string | null; url: string };
export type MaterialDraft = {
  title: string;
  summary: string;
  cover_key: string | null;
  body: string;
  topics: string[];
};
export type UploadedFile = { key: string; url: string; content_type: string; bytes: number };

export type Owed = {
  method: string;
  amount_fen: number;
  touch_id: number | null;
  touch_kind: string | null;
  channel_id: number | null;
  material_id: number | null;
  material_title: string | null;
  staff_account_id: number | null;
  staff_name: string | null;
  attributed_at: string;
};
export type Order = {
  id: number;
  external_id: string;
  source_id: number;
  source_name: string;
  state: string;
  paid_at: string;
  amount_fen: number;
  refunded_fen: number;
  currency: string;
  customer_id: number | null;
  customer_name: string | null;
  match_method: string | null;
  owed: Owed | null;
};
export type OrderFull = Order & {
  items: { sku: string; name: string; quantity: number; amount_fen: number }[];
  refunds: { refund_fen: number; refunded_at: string }[];
  received_at: string;
  matched_at: string | null;
  phone: string | null;
  window_days: number;
};
export type OrderSource = {
  id: number;
  name: string;
  key: string;
  enabled: boolean;
  orders_url: string;
  created_at: string;
  rotated_at: string | null;
  last_order_at: string | null;
};
export type OrderSourceWithSecret = OrderSource & { secret: string };

export type SetupStep = {
  key: "credentials" | "callback" | "domain" | "directory" | "customers" | "official_account";
  title: string;
  state: "todo" | "done" | "failed";
  detail: string;
  at: string | null;
};
export type Connection = {
  corp_id: string | null;
  agent_id: number | null;
  secret_set: boolean;
  callback_url: string | null;
  callback_keys_set: boolean;
  last_callback_at: string | null;
  watched_since: string | null;
  trusted_domain: string | null;
  verification_file: string | null;
  official_account_app_id: string | null;
  suggested_domain: string;
  steps: SetupStep[];
};
export type WecomCredentials = { corp_id: string; agent_id: number; secret: string };
export type CallbackKeys = { url: string; token: string; aes_key: string };
export type TrustedDomain = { domain: string; file_name: string; file_content: string };
export type OfficialAccountCredentials = { app_id: string; secret: string };
export type Probe = {
  key: string;
  title: string;
  state: "granted" | "missing" | "unknown";
  errcode: number | null;
  fix: string;
};

export type Department = { id: number; number: number; parent: number | null; name: string };
export type StaffAccount = {
  id: number;
  userid: string;
  name: string;
  alias: string;
  avatar_url: string;
  position: string;
  departments: string[];
  state: "active" | "disabled" | "inactive" | "gone";
  can_contact: boolean;
  employee_id: number;
  employee_name: string;
};
export type Employee = {
  id: number;
  name: string;
  role: RoleName;
  scope: ScopeName;
  state: "active" | "left";
  username: string | null;
  has_password: boolean;
  staff_accounts: OwnStaffAccount[];
};
export type NewEmployee = {
  name: string;
  role: RoleName;
  username: string;
  password: string;
  scope: ScopeName;
};
export type EmployeeChange = {
  name?: string;
  role?: RoleName;
  scope?: ScopeName;
  state?: "active" | "left";
  username?: string;
  password?: string;
};

export type AuditEntry = {
  id: number;
  at: string;
  actor_kind: string;
  actor_name: string;
  action: string;
  target_kind: string;
  target_id: string;
  details: Record<string, unknown>;
  ip: string;
};

export type JobState = "waiting" | "running" | "done" | "failed" | "cancelling" | "cancelled";
export type Job = {
  id: number;
  kind: string;
  title: string;
  state: JobState;
  done: number;
  total: number | null;
  note: string;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  seconds_left: number | null;
};
export type Troubles = {
  failed_jobs: {
    id: number;
    kind: string;
    title: string;
    attempts: number;
    failed_at: string;
  }[];
  parked_events: {
    reader: string;
    type: string;
    position: number;
    error: string;
    parked_at: string;
  }[];
};
