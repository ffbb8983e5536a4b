import { api, done, take } from "@kit/api/client.ts";
import type { FirstAdministrator, Setup, SignIn } from "@kit/api/types.ts";

export function signIn(body: SignIn): Promise<void> {
  return done(api.POST("/api/session", { body }));
}

export function signOut(): Promise<void> {
  return done(api.DELETE("/api/session", {}));
}

export function readSetup(): Promise<Setup> {
  return take(api.GET("/api/setup", {}));
}

export function setUp(body: FirstAdministrator): Promise<void> {
  return done(api.POST("/api/setup", { body }));
}
