import { sentenceOf } from "@kit/api/problem.ts";
import { Pond } from "@kit/desk/Pond.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Skeleton } from "antd-mobile";
import type { ReactNode } from "react";
import { words } from "../words.ts";
import css from "./ui.module.css";

export function Empty({ children }: { children: ReactNode }) {
  return (
    <div className={css.empty}>
      <Pond width={96} />
      {children}
    </div>
  );
}

export function Failed({ failure, onRetry }: { failure: unknown; onRetry: () => void }) {
  const text = useText(words);
  return (
    <div className={css.empty} role="alert">
      <p>{sentenceOf(failure)}</p>
      <Button size="small" color="primary" fill="outline" onClick={onRetry}>
        {text.retry}
      </Button>
    </div>
  );
}

type Query<T> = { data: T | undefined; error: unknown; refetch: () => unknown };

/** Shows a query: waiting, failed, or what it brought; known data beat a fresh failure. */
export function Shown<T>({
  query,
  children,
}: {
  query: Query<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failed failure={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div style={{ padding: 16 }} aria-busy="true">
      <Skeleton.Title animated />
      <Skeleton.Paragraph animated lineCount={4} />
    </div>
  );
}
