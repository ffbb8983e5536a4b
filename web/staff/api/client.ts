import { api, done, take } from "@kit/api/client.ts";
import { sought } from "@kit/api/sought.ts";
import type { Customer, CustomerRow, Page, TimelineEntry } from "@kit/api/types.ts";
import type {
  ChatCustomer,
  Material,
  Me,
  Ranking,
  Reading,
  Share,
  ShareRequest,
  Today,
} from "./types.ts";

export type RankBy = "gmv" | "orders" | "added" | "readings";
export type Standing = "all" | "active" | "lost";

export const readToday = (): Promise<Today> => take(api.GET("/api/staff/today", {}));

export const readReadings = (): Promise<Reading[]> =>
  take(api.GET("/api/staff/readings", { params: { query: { limit: 20 } } }));

export const readMe = (): Promise<Me> => take(api.GET("/api/staff/me", {}));

export function readRanking(by: RankBy, from: string, to: string): Promise<Ranking> {
  return take(api.GET("/api/staff/ranking", { params: { query: { by, from, to } } }));
}

export async function listCustomers(
  words: string,
  state: Standing,
  cursor: string | undefined,
): Promise<Page<CustomerRow>> {
  const query = { ...(await sought(words)), state, cursor, limit: 30 };
  return take(api.GET("/api/customers", { params: { query } }));
}

export function readCustomer(customer_id: number): Promise<Customer> {
  return take(api.GET("/api/customers/{customer_id}", { params: { path: { customer_id } } }));
}

export function readTrail(
  customer_id: number,
  cursor: string | undefined,
): Promise<Page<TimelineEntry>> {
  return take(
    api.GET("/api/customers/{customer_id}/timeline", {
      params: { path: { customer_id }, query: { cursor, limit: 30 } },
    }),
  );
}

export function listMaterials(
  topic: string | undefined,
  cursor: string | undefined,
): Promise<Page<Material>> {
  return take(api.GET("/api/staff/materials", { params: { query: { topic, cursor } } }));
}

export const share = (body: ShareRequest): Promise<Share> =>
  take(api.POST("/api/staff/shares", { body }));

/** Tells that WeCom has sent a share; until then it counts as not sent. */
export const confirmShare = (touch_id: number): Promise<void> =>
  done(api.POST("/api/staff/shares/{touch_id}/sent", { params: { path: { touch_id } } }));

/** The customer of the chat beside which the page is open. */
export function readChatCustomer(external_userid: string): Promise<ChatCustomer> {
  return take(api.GET("/api/staff/chat-customer", { params: { query: { external_userid } } }));
}

export const readJssdk = (url: string) =>
  take(api.GET("/api/jssdk/config", { params: { query: { url } } }));

export const signOut = (): Promise<void> => done(api.DELETE("/api/session", {}));
