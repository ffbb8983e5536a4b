import { useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import { api, take } from "../api/client.ts";
import { Problem } from "../api/problem.ts";
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
  try {
    const session: Session = await take(api.GET("/api/session", {}));
    writeChoice(SIGNED_IN, "yes");
    return session;
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 401) {
      markSignedOut();
      return null;
    }
    throw failure;
  }
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
