import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds, also when that changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

/** Whether the person wants things to stand still. */
export function useStillness(): boolean {
  return useMedia("(prefers-reduced-motion: reduce)");
}

/** Whether things are pressed with a thumb, not with a mouse. */
export function useThumbs(): boolean {
  return useMedia("(pointer: coarse)");
}
