const BASE = "/staff";

/** Marks the address one comes back to: there is a session to ask for now. */
export const RETURNED = "in";

/** Where to sign in, so that one comes back to this page; paths are those below /staff. */
export function signInAddress(path: string, search: string): string {
  const kept = new URLSearchParams(search);
  kept.delete("signin");
  kept.set(RETURNED, "");
  const query = `?${kept}`;
  return `${BASE}/signin?next=${encodeURIComponent(`${BASE}${path}${query}`)}`;
}
