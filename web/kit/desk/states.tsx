import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { Problem, sentenceOf } from "../api/problem.ts";
import { useMinutes } from "../format/minutes.ts";
import { formatRelative } from "../format/time.ts";
import { useLanguage } from "../i18n/language.ts";
import { defineMessages, useText } from "../i18n/messages.ts";
import { Pond } from "./Pond.tsx";
import styles from "./states.module.css";

const words = defineMessages({
  zh: {
    failed: "没有读取成功",
    retry: "重试",
    forbidden: "没有权限查看",
    forbiddenText: "您的角色看不到这部分内容。需要时请联系企业管理员调整角色。",
    missing: "找不到这条内容",
    old: (when: string) => `下面是${when}读取的内容，之后没能更新：`,
  },
  en: {
    failed: "This could not be read",
    retry: "Try again",
    forbidden: "Not for your role",
    forbiddenText: "Your role does not include this page. Ask your administrator if you need it.",
    missing: "Not found",
    old: (when) => `Below is what was read ${when}; it could not be renewed: `,
  },
});

type StateProps = { title: string; children?: ReactNode; action?: ReactNode };

/** Nothing here yet: what the page is for, and the first step. */
export function EmptyState({ title, children, action }: StateProps) {
  return (
    <div className={styles.state}>
      <Pond className={styles.pond} width={132} />
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.text}>{children}</div>}
      {action}
    </div>
  );
}

export function NoPermission() {
  const t = useText(words);
  return (
    <div className={styles.state}>
      <p className={styles.title}>{t.forbidden}</p>
      <p className={styles.text}>{t.forbiddenText}</p>
    </div>
  );
}

/** A failed reading, told by its kind: no permission, not there, or try again. */
export function FailedState({ failure, onRetry }: { failure: unknown; onRetry?: () => void }) {
  const t = useText(words);
  if (failure instanceof Problem && failure.status === 403) return <NoPermission />;
  const missing = failure instanceof Problem && failure.status === 404;
  return (
    <div className={styles.state} role="alert">
      <p className={styles.title}>{missing ? t.missing : t.failed}</p>
      <p className={styles.text}>{sentenceOf(failure)}</p>
      {onRetry && !missing && <Button onClick={onRetry}>{t.retry}</Button>}
    </div>
  );
}

export function LoadingState({ rows = 6 }: { rows?: number }) {
  return (
    <div className={styles.loading} aria-busy="true">
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

type ReadingQuery<T> = {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
  /** When `data` was read, in milliseconds since 1970. */
  dataUpdatedAt?: number;
};

/** Whether a failure says that there is nothing to be shown any more. */
function isOver(failure: unknown): boolean {
  return failure instanceof Problem && (failure.status === 403 || failure.status === 404);
}

/** What stands above something that was read before, once reading it again failed. */
export function OldNote({ query }: { query: Omit<ReadingQuery<unknown>, "data"> }) {
  const t = useText(words);
  const language = useLanguage();
  useMinutes();
  if (!query.error) return null;
  const read = query.dataUpdatedAt ? formatRelative(new Date(query.dataUpdatedAt), language) : "";
  return (
    <p className={styles.old} role="status">
      {t.old(read)}
      {sentenceOf(query.error)}
      <Button type="link" size="small" onClick={() => query.refetch()}>
        {t.retry}
      </Button>
    </p>
  );
}

/** Shows a reading in each of its states; the page only writes the good one. */
export function Reading<T>({
  query,
  rows,
  children,
}: {
  query: ReadingQuery<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined && !isOver(query.error)) {
    return (
      <>
        <OldNote query={query} />
        {children(query.data)}
      </>
    );
  }
  if (query.error) return <FailedState failure={query.error} onRetry={() => query.refetch()} />;
  return <LoadingState rows={rows} />;
}
