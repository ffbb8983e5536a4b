import { useText } from "@kit/i18n/messages.ts";
import { Button } from "antd";
import { Link } from "react-router";
import type { usePreview } from "../../hooks/usePreview.ts";
import type { Rule } from "../../rule/language.ts";
import { useSentence } from "../RuleWorld.ts";
import { Headcount } from "./Headcount.tsx";
import styles from "./Live.module.css";
import { Notes } from "./Notes.tsx";
import { PersonFinder, type Someone } from "./PersonFinder.tsx";
import { Sample } from "./Sample.tsx";
import { liveWords } from "./words.ts";

type LivePanelProps = {
  rule: Rule;
  unfinished: number;
  preview: ReturnType<typeof usePreview>;
  person: Someone | null;
  /** Whether the rule fits the person; undefined while that is looked up. */
  verdict: boolean | undefined;
  onPerson: (person: Someone | null) => void;
};

/** What the rule means right now: how many, who, why, and what to bear in mind. */
export function LivePanel(props: LivePanelProps) {
  const { rule, unfinished, preview, person, verdict, onPerson } = props;
  const t = useText(liveWords);
  const say = useSentence();
  const { answer, failure, isBehind } = preview;
  return (
    <section className={styles.panel} aria-label={t.title}>
      <div>
        <h3 className={styles.title}>{t.title}</h3>
        <Headcount
          answer={answer}
          failure={failure}
          isBehind={isBehind}
          unfinished={unfinished}
          onAgain={() => preview.again()}
        />
      </div>
      <div>
        <h3 className={styles.title}>{t.whole}</h3>
        <p className={styles.sentence}>{say(rule)}</p>
      </div>
      <PersonFinder onChoose={onPerson} />
      {person && (
        <div
          className={`${styles.verdict} ${
            verdict === undefined ? "" : verdict ? styles.in : styles.out
          }`}
        >
          {verdict === undefined
            ? t.counting
            : verdict
              ? t.isIn(person.name)
              : t.isOut(person.name)}
          <span>
            <Link to={`/people/customers/${person.id}`} target="_blank">
              {t.open}
            </Link>
            <Button type="link" size="small" onClick={() => onPerson(null)}>
              {t.stop}
            </Button>
          </span>
        </div>
      )}
      {answer && <Sample people={answer.sample} chosen={person?.id} onChoose={onPerson} />}
      <Notes rule={rule} people={answer?.count} />
    </section>
  );
}
