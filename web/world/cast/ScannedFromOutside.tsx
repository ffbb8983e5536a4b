import { useState } from "react";
import { useWorldState } from "../api/hooks.ts";
import { joinCode, useJoinWays, wayCode } from "./Places.tsx";
import { WhoScans } from "./WhoScans.tsx";

/** A real camera that read a code lands on `/?scan=<config_id>`: ask who it was. */
export function ScannedFromOutside() {
  const state = useWorldState().data;
  const [wanted, setWanted] = useState(() => new URLSearchParams(location.search).get("scan"));
  const joinWay = useJoinWays().data?.find((one) => one.config_id === wanted);
  const way = state?.ways.find((one) => one.config_id === wanted);
  const close = () => {
    const next = new URL(location.href);
    next.searchParams.delete("scan");
    history.replaceState(null, "", next);
    setWanted(null);
  };
  if (way) return <WhoScans sight={wayCode(way)} onClose={close} />;
  return joinWay ? <WhoScans sight={joinCode(joinWay)} onClose={close} /> : null;
}
