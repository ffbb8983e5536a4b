import { offline, problemFrom } from "@kit/api/problem.ts";

const BASE = "/world/api";

/** Asks the world; a refusal becomes a problem with its sentence. */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
  } catch {
    throw offline();
  }
  const text = await response.text();
  const content: unknown = text ? JSON.parse(text) : null;
  if (!response.ok) throw problemFrom(response.status, content);
  return content as T;
}

/** Reads a list that comes in one piece. */
export async function list<T>(path: string): Promise<T[]> {
  return (await ask<{ items: T[] }>("GET", path)).items;
}

/** Writes the query of an address; what is undefined or empty is left out. */
export function query(parts: Record<string, string | number | undefined>): string {
  const found = Object.entries(parts).filter(([, value]) => value !== undefined && value !== "");
  return found.length ? `?${new URLSearchParams(found.map(([k, v]) => [k, String(v)]))}` : "";
}
