import { useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import { api, take } from "../api/client.ts";
import { Problem } from "../api/problem.ts";
import type { Session } from "../api/types.ts";

export const SESSION_KEY = ["session"] as const;

/** Who is signed in; null when nobody is. */
export async function readSession(): Promise<Session | null> {
  try {
    return await take(api.GET("/api/session", {}));
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 401) return null;
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
