import { createContext, use, useCallback, useMemo, useState } from "react";

/** Someone of the cast: a WeChat user or a staff account. */
export type Who = { kind: "p"; id: number } | { kind: "s"; userid: string };

/** `p-17` or `s-linxiaoyue`, as in host names and chats. */
export function labelOf(who: Who): string {
  return who.kind === "p" ? `p-${who.id}` : `s-${who.userid}`;
}

/** Reads such a label; null for apps and the system. */
export function whoOf(label: string): Who | null {
  const key = label.slice(2);
  if (label.startsWith("s-") && key) return { kind: "s", userid: key };
  if (label.startsWith("p-") && /^\d+$/.test(key)) return { kind: "p", id: Number(key) };
  return null;
}

export type Pane = "cast" | "phone" | "wire";

/** Puts the own host of someone before siyu's (or the world's) in an address. */
export function ownUrl(url: string, who: Who, personalHosts: string[]): string {
  const parts = new URL(url);
  const bare = parts.host.replace(/^[ps]-[a-z0-9_-]+\./i, "");
  if (!personalHosts.includes(bare.toLowerCase())) return url;
  parts.host = `${labelOf(who).toLowerCase()}.${bare}`;
  return parts.toString();
}

/** Who is on stage, what lies in front, and which chat a phone was asked to show. */
export type Stage = {
  person: number | null;
  staff: string | null;
  front: "p" | "s";
  pane: Pane;
  asked: { who: string; chat: string; turn: number } | null;
  showPane: (pane: Pane) => void;
  choose: (who: Who, chat?: string) => void;
  setFront: (front: "p" | "s") => void;
};

type Chosen = Pick<Stage, "person" | "staff" | "front" | "pane" | "asked">;

function fromAddress(): Chosen {
  const found = new URLSearchParams(location.search);
  const person = Number(found.get("p"));
  const staff = found.get("s");
  return {
    person: Number.isInteger(person) && person > 0 ? person : null,
    staff: staff || null,
    front: staff && !person ? "s" : "p",
    pane: "phone",
    asked: null,
  };
}

function toAddress({ person, staff }: Chosen): void {
  const next = new URL(location.href);
  if (person === null) next.searchParams.delete("p");
  else next.searchParams.set("p", String(person));
  if (staff === null) next.searchParams.delete("s");
  else next.searchParams.set("s", staff);
  history.replaceState(null, "", next);
}

/** The state of the stage; who is on it survives a reload. */
export function useStageState(): Stage {
  const [chosen, setChosen] = useState(fromAddress);
  const showPane = useCallback((pane: Pane) => setChosen((now) => ({ ...now, pane })), []);
  const setFront = useCallback(
    (front: "p" | "s") => setChosen((now) => ({ ...now, front, pane: "phone" })),
    [],
  );
  const choose = useCallback((who: Who, chat?: string) => {
    setChosen((now) => {
      const next: Chosen = {
        ...now,
        ...(who.kind === "p" ? { person: who.id } : { staff: who.userid }),
        front: who.kind,
        pane: "phone",
        asked: chat ? { who: labelOf(who), chat, turn: (now.asked?.turn ?? 0) + 1 } : now.asked,
      };
      toAddress(next);
      return next;
    });
  }, []);
  return useMemo(
    () => ({ ...chosen, showPane, setFront, choose }),
    [chosen, showPane, setFront, choose],
  );
}

const StageContext = createContext<Stage | null>(null);
export const StageProvider = StageContext.Provider;

export function useStage(): Stage {
  const stage = use(StageContext);
  if (!stage) throw new Error("useStage below the stage only");
  return stage;
}
