import { useMedia } from "../theme/media.ts";

/** Whether the page is on a phone, where nothing wide fits. */
export function useNarrow(): boolean {
  return useMedia("(max-width: 640px)");
}
