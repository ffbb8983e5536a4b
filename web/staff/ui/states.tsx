import { sentenceOf } from "@kit/api/problem.ts";
import { Pond } from "@kit/desk/Pond.tsx";
import { useMinutes } from "@kit/format/minutes.ts";
import { formatRelative } from "@kit/format/time.ts";
import { useLanguage } from "@kit/i18n/language.ts";
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

type Query<T> = {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
  /** When `data` was read, in milliseconds since 1970. */
  dataUpdatedAt?: number;
};

/** Says from when that is what stands below, once it could not be read again. */
function Old({ query }: { query: Query<unknown> }) {
  const text = useText(words);
  const language = useLanguage();
  useMinutes();
  if (!query.error || !query.dataUpdatedAt) return null;
  return (
    <p className={css.old} role="status">
      {text.old(formatRelative(new Date(query.dataUpdatedAt), language))}
    </p>
  );
}

/** Shows a query: waiting, failed, or what it brought; known data beat a fresh failure. */
export function Shown<T>({
  query,
  children,
}: {
  query: Query<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) {
    return (
      <>
        <Old query={query} />
        {children(query.data)}
      </>
    );
  }
  if (query.error) return <Failed failure={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div style={{ padding: 16 }} aria-busy="true">
      <Skeleton.Title animated />
      <Skeleton.Paragraph animated lineCount={4} />
    </div>
  );
}
