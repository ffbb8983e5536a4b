import type { SamplePerson } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Button } from "antd";
import { useState } from "react";
import styles from "./Live.module.css";
import type { Someone } from "./PersonFinder.tsx";
import { liveWords } from "./words.ts";

/** As many as stand beside a rule without making the page longer. */
const AT_FIRST = 5;

type SampleProps = {
  people: readonly SamplePerson[];
  chosen: number | undefined;
  onChoose: (person: Someone | null) => void;
};

/** Some of the people who fit; choosing one tells why. */
export function Sample({ people, chosen, onChoose }: SampleProps) {
  const t = useText(liveWords);
  const [all, setAll] = useState(false);
  const shown = all ? people : people.slice(0, AT_FIRST);
  return (
    <div>
      <h3 className={styles.title}>{t.sample}</h3>
      <p className={styles.asOf}>{people.length ? t.sampleHint : t.nobody}</p>
      <div className={styles.people}>
        {shown.map((one) => (
          <button
            key={one.id}
            type="button"
            aria-pressed={one.id === chosen}
            className={`${styles.person} ${one.id === chosen ? styles.chosen : ""}`}
            onClick={() => onChoose(one.id === chosen ? null : one)}
          >
            <Person
              name={one.name}
              url={one.avatar_url}
              size={24}
              note={one.staff.map(({ name }) => name).join("、") || undefined}
            />
            <span className={styles.when}>
              <Moment at={one.last_add_at} />
            </span>
          </button>
        ))}
      </div>
      {shown.length < people.length && (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t.sampleAll(people.length)}
        </Button>
      )}
    </div>
  );
}
