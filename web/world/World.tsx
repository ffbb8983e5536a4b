import { useText } from "@kit/i18n/messages.ts";
import { useState } from "react";
import { useWorldState } from "./api/hooks.ts";
import { useLiveWorld } from "./api/live.ts";
import { CastPane } from "./cast/CastPane.tsx";
import { ScannedFromOutside } from "./cast/ScannedFromOutside.tsx";
import { PersonPhone } from "./phone/PersonPhone.tsx";
import { StaffPhone } from "./phone/StaffPhone.tsx";
import { phoneWords } from "./phone/words.ts";
import { FirstStepsSheet } from "./shell/FirstSteps.tsx";
import { Head } from "./shell/Head.tsx";
import css from "./shell/shell.module.css";
import { type Pane, StageProvider, useStage, useStageState } from "./stage.ts";
import { Button } from "./ui/Button.tsx";
import { Toast } from "./ui/toast.tsx";
import { WirePane } from "./wire/WirePane.tsx";
import { words } from "./words.ts";

const PANES: Pane[] = ["cast", "phone", "wire"];
const ACTIVE = 1;

function Phones() {
  const text = useText(phoneWords);
  const stage = useStage();
  const world = useWorldState().data;
  const first = world?.staff.find((staff) => staff.can_contact && staff.status === ACTIVE);
  const staff = stage.staff ?? first?.userid ?? null;
  return (
    <div className={css.phones}>
      <div className={css.which}>
        <Button
          looks={stage.front === "p" ? ["small", "strong"] : ["small"]}
          aria-pressed={stage.front === "p"}
          onClick={() => stage.setFront("p")}
        >
          {text.customerPhone}
        </Button>
        <Button
          looks={stage.front === "s" ? ["small", "strong"] : ["small"]}
          aria-pressed={stage.front === "s"}
          onClick={() => stage.setFront("s")}
        >
          {text.staffPhone}
        </Button>
      </div>
      <PersonPhone key={`p-${stage.person}`} id={stage.person} behind={stage.front !== "p"} />
      <StaffPhone key={`s-${staff}`} userid={staff} behind={stage.front !== "s"} />
    </div>
  );
}

function PaneTabs() {
  const text = useText(words);
  const stage = useStage();
  return (
    <div className={css.tabs} role="tablist" aria-label={text.title}>
      {PANES.map((pane) => (
        <button
          key={pane}
          type="button"
          role="tab"
          aria-selected={stage.pane === pane}
          onClick={() => stage.showPane(pane)}
        >
          {text.panes[pane]}
        </button>
      ))}
    </div>
  );
}

/** The whole page: cast on the left, phones in the middle, the wire on the right. */
export function World() {
  const text = useText(words);
  const stage = useStageState();
  const online = useLiveWorld();
  const [help, setHelp] = useState(false);
  return (
    <StageProvider value={stage}>
      <div className={css.world}>
        <Head onHelp={() => setHelp(true)} />
        <main className={css.panes}>
          <section
            className={css.pane}
            data-front={stage.pane === "cast"}
            aria-label={text.panes.cast}
          >
            <CastPane />
          </section>
          <section
            className={css.pane}
            data-front={stage.pane === "phone"}
            aria-label={text.panes.phone}
          >
            <Phones />
          </section>
          <section
            className={css.pane}
            data-front={stage.pane === "wire"}
            aria-label={text.panes.wire}
          >
            <WirePane />
          </section>
        </main>
        <PaneTabs />
      </div>
      {!online && (
        <p className={css.offline} role="status">
          {text.offline}
        </p>
      )}
      {help && <FirstStepsSheet onClose={() => setHelp(false)} />}
      <ScannedFromOutside />
      <Toast />
    </StageProvider>
  );
}
