import { onSessionLost } from "@kit/api/client.ts";
import { setTimeZone } from "@kit/format/time.ts";
import { SESSION_KEY, SessionProvider, useSessionQuery } from "@kit/session/session.ts";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useLocation, useSearchParams } from "react-router";
import { forget } from "../api/memory.ts";
import { signInAddress } from "../signin/address.ts";
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
  const session = useSessionQuery();
  const here = useLocation();
  const [query] = useSearchParams();
  const reason = query.get("signin");

  useEffect(
    () =>
      onSessionLost(() => {
        forget();
        client.setQueryData(SESSION_KEY, null);
      }),
    [client],
  );

  if (session.data) {
    setTimeZone(session.data.tenant.timezone);
    return <SessionProvider value={session.data}>{children}</SessionProvider>;
  }
  if (isReason(reason)) return <SignInHelp reason={reason} />;
  if (session.data === null) return <Leaving to={signInAddress(here.pathname, here.search)} />;
  if (session.error) {
    return <Failed failure={session.error} onRetry={() => void session.refetch()} />;
  }
  return null;
}
