import type { Dashboard } from "@kit/api/types.ts";
import { Section } from "@kit/desk/PageHead.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Link } from "react-router";
import { useAsking } from "../hooks/useFigures.ts";
import { useFirstSteps, useLatestFacts } from "../hooks/useHome.ts";
import { homeWords } from "../words.ts";
import styles from "./Home.module.css";

/** Figures that move only when somebody does something. */
const MOVING = ["clicked", "added", "readded", "lost", "shared", "orders"];

/** What to do first while nothing has happened, instead of leaving a page of zeros to itself. */
export function Quiet({ dashboard }: { dashboard: Dashboard }) {
  const t = useText(homeWords);
  const asking = useAsking();
  const { data: steps } = useFirstSteps();
  const { data: facts } = useLatestFacts();
  const moved = dashboard.figures.some(
    ({ key, value, previous }) => MOVING.includes(key) && (value || previous),
  );
  if (moved || !steps || facts?.length !== 0) return null;
  const next = steps.items.find((step) => !step.done && step.allowed && step.key !== "first_add");
  return (
    <Section title={t.quiet}>
      <p className={styles.faint}>{t.quietText}</p>
      <p>
        {next ? t.quietSteps : t.quietScan}{" "}
        <Link to={next?.link ?? "/growth/live-codes"}>
          {next ? asking(next.key, next).title : t.toCodes}
        </Link>
      </p>
    </Section>
  );
}
