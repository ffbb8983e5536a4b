import { useEffect, useEffectEvent } from "react";
import { useStage } from "../stage.ts";

/** Opens the chat that another part of the page asked this phone to show. */
export function useAskedChat(me: string, open: (chat: string) => void): void {
  const { asked } = useStage();
  const show = useEffectEvent(() => {
    if (asked?.who === me) open(asked.chat);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn of asking opens once
  useEffect(() => show(), [asked?.turn]);
}
