import { useState } from "react";
import { useWorldState } from "../api/hooks.ts";
import {
  type CodeInSight,
  joinCode,
  sceneCode,
  useJoinWays,
  useOfficial,
  wayCode,
} from "./sights.ts";
import { WhoScans } from "./WhoScans.tsx";

type Wanted = { scan: string | null; acquire: string | null; query: string };

function fromAddress(): Wanted {
  const found = new URLSearchParams(location.search);
  const wanted = { scan: found.get("scan"), acquire: found.get("acquire") };
  for (const name of ["scan", "acquire", "p", "s"]) found.delete(name);
  return { ...wanted, query: found.toString() };
}

/** What was scanned or opened, once it is known among what lies about. */
function useSight({ scan, acquire, query }: Wanted): CodeInSight | undefined {
  const state = useWorldState().data;
  const joinWays = useJoinWays().data ?? [];
  const codes = useOfficial().data?.codes ?? [];
  if (!state) return undefined;
  const base = state.corp.base_url;
  if (acquire) {
    const url = `${base}/ca/${acquire}${query && `?${query}`}`;
    return { name: acquire, picture: "", code: { url } };
  }
  const way = state.ways.find((one) => one.config_id === scan);
  if (way) return wayCode(way);
  const joinWay = joinWays.find((one) => one.config_id === scan);
  if (joinWay) return joinCode(joinWay);
  const code = codes.find((one) => one.key === scan);
  return code && sceneCode(code, base);
}

/**
 * A real camera that read a code lands on `/?scan=<its id>`, an acquisition link on
 * `/?acquire=<its id>`: ask who it was.
 */
export function ScannedFromOutside() {
  const [wanted, setWanted] = useState(fromAddress);
  const sight = useSight(wanted);
  const close = () => {
    const next = new URL(location.href);
    next.searchParams.delete("scan");
    next.searchParams.delete("acquire");
    history.replaceState(null, "", next);
    setWanted({ scan: null, acquire: null, query: "" });
  };
  return sight ? <WhoScans sight={sight} onClose={close} /> : null;
}
