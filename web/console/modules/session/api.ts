import { api, take } from "@kit/api/client.ts";
import type { Setup } from "@kit/api/types.ts";

export type SignIn = { username: string; password: string };
export type FirstAdministrator = {
  setup_code: string;
  tenant_name: string;
  name: string;
  username: string;
  password: string;
};

export function signIn(body: SignIn): Promise<void> {
  return take<void>(api.POST("/api/session", { body }));
}

export function signOut(): Promise<void> {
  return take<void>(api.DELETE("/api/session", {}));
}

export function readSetup(): Promise<Setup> {
  return take<Setup>(api.GET("/api/setup", {}));
}

export function setUp(body: FirstAdministrator): Promise<void> {
  return take<void>(api.POST("/api/setup", { body }));
}
