const BASE = "/staff";

/** Where to sign in, so that one comes back to this page; paths are those below /staff. */
export function signInAddress(path: string, search: string): string {
  const kept = new URLSearchParams(search);
  kept.delete("signin");
  const query = kept.size > 0 ? `?${kept}` : "";
  return `${BASE}/signin?next=${encodeURIComponent(`${BASE}${path}${query}`)}`;
}
