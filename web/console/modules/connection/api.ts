import { api, done, take } from "@kit/api/client.ts";
import type {
  CallbackKeys,
  Connection,
  OfficialAccountCredentials,
  Probe,
  Suite,
  TrustedDomain,
  WecomCredentials,
} from "@kit/api/types.ts";

export function readConnection(): Promise<Connection> {
  return take(api.GET("/api/connection/wecom", {}));
}

export function saveCredentials(body: WecomCredentials): Promise<void> {
  return done(api.PUT("/api/connection/wecom/credentials", { body }));
}

export function makeCallbackKeys(): Promise<CallbackKeys> {
  return take(api.POST("/api/connection/wecom/callback-keys", {}));
}

export function makeSuiteKeys(body: Suite): Promise<CallbackKeys> {
  return take(api.POST("/api/connection/wecom/suite-keys", { body }));
}

export function saveDomain(body: TrustedDomain): Promise<void> {
  return done(api.PUT("/api/connection/wecom/domain", { body }));
}

export function startSync(): Promise<{ run_id: number }> {
  return take(api.POST("/api/connection/wecom/sync", {}));
}

export function saveOfficialAccount(body: OfficialAccountCredentials): Promise<void> {
  return done(api.PUT("/api/connection/official-account", { body }));
}

export function makePushKeys(): Promise<CallbackKeys> {
  return take(api.POST("/api/connection/official-account/push-keys", {}));
}

export function readDiagnosis(): Promise<Probe[]> {
  return take(api.GET("/api/connection/wecom/diagnosis", {}));
}
