/** The shapes that pages use, under the words of the product. */

export type Page<T> = { items: T[]; next_cursor: string | null };

export type Session = {
  employee: { id: number; name: string; avatar_url: string | null };
  tenant: { id: number; name: string; time_zone: string; connected: boolean };
  roles: { key: string; name: string }[];
  scope: "self" | "department" | "all";
  permissions: string[];
};
export type Setup = { needed: boolean };

export type Named = { id: number; name: string };
export type StaffRef = { id: number; name: string; avatar_url: string | null };
export type TagRef = { id: number; name: string; group: string | null };

export type Figure = {
  key: string;
  name: string;
  definition: string;
  unit: "count" | "fen" | "rate" | "seconds";
  value: number | null;
  compare: number | null;
  source: string;
  sources: { name: string; value: number | null; note: string }[];
  reason: string | null;
  opens: "people" | "orders" | null;
};
export type TrendPoint = { day: string; values: Record<string, number | null> };
export type Dashboard = {
  from: string;
  to: string;
  as_of: string;
  figures: Figure[];
  trend: TrendPoint[];
  attention: { kind: string; title: string; detail: string; link: string | null; at: string }[];
  steps: { key: string; done: boolean }[];
};
export type RankingRow = {
  staff: StaffRef;
  added: number;
  shared: number;
  read: number;
  bought: number;
  gmv_fen: number;
};

export type Welcome = {
  text: string;
  attachments: { kind: "link" | "image"; title: string; url: string; file_id: string | null }[];
};
export type LiveCode = {
  id: number;
  name: string;
  state: "draft" | "creating" | "active" | "failed" | "deleted";
  problem: string | null;
  channel: Named | null;
  staff: StaffRef[];
  tags: TagRef[];
  welcome: Welcome;
  skip_verify: boolean;
  created_at: string;
  added_count: number;
  lost_first_day_count: number;
};

export type Channel = {
  id: number;
  name: string;
  kind: string;
  exposed: number | null;
  added: number;
  first_day_churn: number | null;
  orders: number;
  gmv_fen: number;
};

export type CustomerRow = {
  id: number;
  name: string;
  avatar_url: string | null;
  kind: "wechat" | "wecom";
  tags: TagRef[];
  staff: StaffRef[];
  channel: Named | null;
  state: "active" | "lost" | "deleted";
  first_add_at: string | null;
  last_seen_at: string | null;
  order_count: number;
  gmv_fen: number;
};
export type TimelineEntry = {
  position: string;
  type: string;
  occurred_at: string;
  title: string;
  detail: string | null;
};

export type JobState = "waiting" | "running" | "done" | "failed" | "cancelled";
export type Job = {
  id: number;
  kind: string;
  title: string;
  state: JobState;
  done: number;
  total: number | null;
  seconds_left: number | null;
  problem: string | null;
  created_at: string;
  finished_at: string | null;
};

export type MaterialState = "draft" | "published" | "archived";
export type Material = {
  id: number;
  kind: "article";
  title: string;
  summary: string;
  cover_file_id: string | null;
  cover_url: string | null;
  body_html: string;
  state: MaterialState;
  updated_at: string;
  published_at: string | null;
  share_count: number;
  view_count: number;
  reader_count: number;
};
