import { useState } from "react";
import { useWorldState } from "../api/hooks.ts";
import { wayCode } from "./Places.tsx";
import { WhoScans } from "./WhoScans.tsx";

/** A real camera that read a code lands on `/?scan=<config_id>`: ask who it was. */
export function ScannedFromOutside() {
  const state = useWorldState().data;
  const [wanted, setWanted] = useState(() => new URLSearchParams(location.search).get("scan"));
  const way = state?.ways.find((one) => one.config_id === wanted);
  const close = () => {
    const next = new URL(location.href);
    next.searchParams.delete("scan");
    history.replaceState(null, "", next);
    setWanted(null);
  };
  return way ? <WhoScans sight={wayCode(way)} onClose={close} /> : null;
}
