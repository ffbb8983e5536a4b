import { useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import { api, take, tellSessionLost } from "../api/client.ts";
import type { Session } from "../api/types.ts";
import { readChoice, writeChoice } from "./choices.ts";

export const SESSION_KEY = ["session"] as const;

const SIGNED_IN = "signed-in";

/** Whether this browser has seen a session that was not refused since. */
export function wasSignedIn(): boolean {
  return readChoice(SIGNED_IN) === "yes";
}

export function markSignedOut(): void {
  writeChoice(SIGNED_IN, "no");
}

/** Who is signed in; null when nobody is. */
export async function readSession(): Promise<Session | null> {
  const session: Session | null = await take(api.GET("/api/session", {}));
  if (session) writeChoice(SIGNED_IN, "yes");
  else {
    markSignedOut();
    tellSessionLost();
  }
  return session;
}

export function useSessionQuery() {
  return useQuery({ queryKey: SESSION_KEY, queryFn: readSession, staleTime: 60_000 });
}

const SessionContext = createContext<Session | null>(null);
export const SessionProvider = SessionContext.Provider;

/** The session below the sign-in gate. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession below the sign-in gate only");
  return session;
}

/** Whether the role allows it. Screens hide what it does not; the server enforces it anyway. */
export function useMay(): (permission: string) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}
