import { api, take } from "@kit/api/client.ts";
import type { Session, Setup } from "@kit/api/types.ts";

export type SignIn = { username: string; password: string };
export type FirstAdministrator = {
  tenant_name: string;
  name: string;
  username: string;
  password: string;
};

export function signIn(body: SignIn): Promise<Session> {
  return take<Session>(api.POST("/api/session", { body }));
}

export function signOut(): Promise<void> {
  return take<void>(api.DELETE("/api/session", {}));
}

export function readSetup(): Promise<Setup> {
  return take<Setup>(api.GET("/api/setup", {}));
}

export function setUp(body: FirstAdministrator): Promise<Session> {
  return take<Session>(api.POST("/api/setup", { body }));
}
