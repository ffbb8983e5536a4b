import { onSessionLost } from "@kit/api/client.ts";
import { FailedState } from "@kit/desk/states.tsx";
import { setTimeZone } from "@kit/format/time.ts";
import { SESSION_KEY, SessionProvider, useSessionQuery } from "@kit/session/session.ts";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useSetup } from "../hooks/useSetup.ts";
import { SetUpPage } from "./SetUpPage.tsx";
import { SignInPage } from "./SignInPage.tsx";

/** Lets in who is signed in; shows everybody else the door, at the address they wanted. */
export function Gate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const session = useSessionQuery();
  const outside = session.data === null;
  const setup = useSetup(outside);

  useEffect(() => onSessionLost(() => client.setQueryData(SESSION_KEY, null)), [client]);

  if (session.data) {
    setTimeZone(session.data.tenant.timezone);
    return <SessionProvider value={session.data}>{children}</SessionProvider>;
  }
  const failure = session.error ?? setup.error;
  if (failure) {
    return <FailedState failure={failure} onRetry={() => client.invalidateQueries()} />;
  }
  if (!outside || !setup.data) return null;
  return setup.data.needs_administrator ? (
    <SetUpPage tenantName={setup.data.tenant_name} />
  ) : (
    <SignInPage />
  );
}
