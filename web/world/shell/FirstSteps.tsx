import { useText } from "@kit/i18n/messages.ts";
import { useWorldState } from "../api/hooks.ts";
import { Sheet } from "../ui/Sheet.tsx";
import { words } from "../words.ts";
import css from "./shell.module.css";

/** What this place is and what to do first. */
export function FirstSteps() {
  const text = useText(words);
  const state = useWorldState().data;
  return (
    <div className={css.help}>
      <p>{text.helpAbout}</p>
      <ol>
        {text.helpSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>{text.helpOr}</p>
      {state?.ways.length === 0 && <p className={css.note}>{text.helpNoCode}</p>}
    </div>
  );
}

export function FirstStepsSheet({ onClose }: { onClose: () => void }) {
  const text = useText(words);
  return (
    <Sheet title={text.helpTitle} onClose={onClose}>
      <FirstSteps />
    </Sheet>
  );
}
