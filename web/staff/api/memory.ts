import { type DehydratedState, dehydrate, hydrate, type QueryClient } from "@tanstack/react-query";

const NAME = "siyu.staff.known";
const PAUSE_MS = 2000;
const KEPT_MS = 3 * 86_400_000;
const MOST_LETTERS = 400_000;

type Kept = { at: number; state: DehydratedState };

/** Puts back what this phone knew when it was last used; older than three days is forgotten. */
export function recall(client: QueryClient, now = Date.now()): void {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME) ?? "null") as Kept | null;
    if (kept && now - kept.at < KEPT_MS) hydrate(client, kept.state);
  } catch {
    forget();
  }
}

/** Forgets everything, as at sign-out. */
export function forget(): void {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // Storage is forbidden: nothing was kept either.
  }
}

function keep(client: QueryClient): void {
  const state = dehydrate(client, {
    shouldDehydrateQuery: (query) =>
      query.state.status === "success" && query.state.data !== null && query.queryKey[0] !== "chat",
  });
  const text = JSON.stringify({ at: Date.now(), state });
  if (text.length > MOST_LETTERS) return;
  try {
    localStorage.setItem(NAME, text);
  } catch {
    // Full or forbidden: the phone shows nothing without a network, that is all.
  }
}

/** Keeps what is known on this phone, so that it can be shown without a network. */
export function remember(client: QueryClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = client.getQueryCache().subscribe((event) => {
    if (event.type !== "updated" || event.action.type !== "success") return;
    timer ??= setTimeout(() => {
      timer = undefined;
      keep(client);
    }, PAUSE_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
