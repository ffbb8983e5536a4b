import { useText } from "@kit/i18n/messages.ts";
import { useState } from "react";
import css from "./cast.module.css";
import { People } from "./People.tsx";
import { Places } from "./Places.tsx";
import { StaffList } from "./StaffList.tsx";
import { castWords } from "./words.ts";

const TABS = ["people", "staff", "places"] as const;
type Tab = (typeof TABS)[number];
const PANES = { people: People, staff: StaffList, places: Places };

/** Left: who is there, and what lies about. */
export function CastPane() {
  const text = useText(castWords);
  const [tab, setTab] = useState<Tab>("people");
  const Body = PANES[tab];
  return (
    <div className={css.pane}>
      <div className={css.tabs} role="tablist">
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`cast-${name}`}
            aria-selected={tab === name}
            aria-controls="cast-body"
            className={css.tab}
            onClick={() => setTab(name)}
          >
            {text[name]}
          </button>
        ))}
      </div>
      <div className={css.body} role="tabpanel" id="cast-body" aria-labelledby={`cast-${tab}`}>
        <Body />
      </div>
    </div>
  );
}
