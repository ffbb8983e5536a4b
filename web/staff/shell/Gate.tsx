import { onSessionLost } from "@kit/api/client.ts";
import { setTimeZone } from "@kit/format/time.ts";
import { readSession, SESSION_KEY, SessionProvider, wasSignedIn } from "@kit/session/session.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useLocation, useSearchParams } from "react-router";
import { forget } from "../api/memory.ts";
import { RETURNED, signInAddress } from "../signin/address.ts";
import { isReason, SignInHelp } from "../signin/SignInHelp.tsx";
import { Failed } from "../ui/states.tsx";

function Leaving({ to }: { to: string }) {
  useEffect(() => {
    location.replace(to);
  }, [to]);
  return null;
}

/** Lets in who is signed in; everybody else goes to WeCom and comes back to the same page. */
export function Gate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const here = useLocation();
  const [query, setQuery] = useSearchParams();
  const reason = query.get("signin");
  // Whoever was never signed in goes to WeCom at once, which is a round trip less.
  const returned = query.has(RETURNED);
  const ask = returned || wasSignedIn();
  const session = useQuery({
    queryKey: SESSION_KEY,
    queryFn: readSession,
    staleTime: 60_000,
    enabled: ask,
  });

  useEffect(
    () =>
      onSessionLost(() => {
        forget();
        client.setQueryData(SESSION_KEY, null);
      }),
    [client],
  );

  const settled = returned && Boolean(session.data);
  useEffect(() => {
    if (!settled) return;
    setQuery(
      (now) => {
        now.delete(RETURNED);
        return now;
      },
      { replace: true },
    );
  }, [settled, setQuery]);

  if (session.data) {
    setTimeZone(session.data.tenant.timezone);
    return <SessionProvider value={session.data}>{children}</SessionProvider>;
  }
  if (isReason(reason)) return <SignInHelp reason={reason} />;
  // Back from WeCom and still nobody: cookies are refused, and going again would never end.
  if (session.data === null && returned) return <SignInHelp reason="expired" />;
  if (session.data === null || !ask) {
    return <Leaving to={signInAddress(here.pathname, here.search)} />;
  }
  if (session.error) {
    return <Failed failure={session.error} onRetry={() => void session.refetch()} />;
  }
  return null;
}
