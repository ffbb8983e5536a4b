/** Personal choices kept in this browser (theme, language, menu). A browser that forbids storage
 * simply forgets them, which is why failures are not errors here. */

const PREFIX = "siyu.";

export function readChoice(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function writeChoice(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is forbidden or full: the choice lasts for this page only.
  }
}
