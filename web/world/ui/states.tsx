import { sentenceOf } from "@kit/api/problem.ts";
import { useText } from "@kit/i18n/messages.ts";
import type { ReactNode } from "react";
import { words } from "../words.ts";
import { Button } from "./Button.tsx";
import css from "./ui.module.css";

export function Loading() {
  const text = useText(words);
  return (
    <p className={css.state} role="status">
      {text.loading}
    </p>
  );
}

export function Failed({ failure, onRetry }: { failure: unknown; onRetry: () => void }) {
  const text = useText(words);
  return (
    <div className={css.state} role="alert">
      <p>{sentenceOf(failure)}</p>
      <Button onClick={onRetry}>{text.retry}</Button>
    </div>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <div className={css.state}>{children}</div>;
}

type Query<T> = { data: T | undefined; error: unknown; refetch: () => unknown };

/** Shows a query: waiting, failed, or what it brought. */
export function Shown<T>({
  query,
  children,
}: {
  query: Query<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failed failure={query.error} onRetry={() => void query.refetch()} />;
  return <Loading />;
}

/** A portrait. Its name stands beside it, so it says nothing of its own. */
export function Portrait({ src, size = 36 }: { src: string; size?: number }) {
  return <img className={css.avatar} src={src} alt="" width={size} height={size} loading="lazy" />;
}
