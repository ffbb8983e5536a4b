import createClient from "openapi-fetch";
import { offline, Problem, problemFrom } from "./problem.ts";
import type { paths } from "./schema.gen.ts";

const lost = new Set<() => void>();

/** Calls back when the server says that nobody is signed in any more. */
export function onSessionLost(listener: () => void): () => void {
  lost.add(listener);
  return () => lost.delete(listener);
}

export function tellSessionLost(): void {
  for (const listener of lost) listener();
}

/** The typed client of siyu's API. Wrap each call in `take`. */
export const api = createClient<paths>({ baseUrl: "", credentials: "same-origin" });

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The body of a good answer; anything else is thrown as a Problem. */
export async function take<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (failure) {
    // fetch rejects with TypeError when there was no answer; a body that is no JSON ends here too.
    throw failure instanceof TypeError ? offline() : failure;
  }
  if (answer.response.ok) return answer.data as T;
  if (answer.response.status === 401) tellSessionLost();
  throw problemFrom(answer.response.status, answer.error);
}

/** The same for calls whose good answer has no body. */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  await take(call);
}

/** By these the server says that it has waited, in vain. */
const WAITED = new Set(["analytics_silent", "analytics_too_heavy"]);

/** Whether trying again could help: not when the server understood and refused, or has waited. */
export function worthRetrying(failures: number, failure: unknown): boolean {
  if (!(failure instanceof Problem)) return failures < 2;
  const refused = failure.status >= 400 && failure.status < 500;
  return !refused && !WAITED.has(failure.code) && failures < 2;
}
