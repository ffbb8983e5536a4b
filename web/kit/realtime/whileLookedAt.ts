/**
 * Keeps a line open while the page is looked at; returns how to end that. A browser grants one host
 * six connections and keeps those of hidden tabs and of pages left for the way back: were they kept
 * here, the seventh page would never load. `open` returns how to hang up.
 */
export function whileLookedAt(open: () => () => void): () => void {
  let hang: (() => void) | undefined;
  const look = () => {
    if (document.visibilityState !== "hidden") hang ??= open();
    else {
      hang?.();
      hang = undefined;
    }
  };
  look();
  document.addEventListener("visibilitychange", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    hang?.();
  };
}
