import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { Face } from "@kit/desk/Person.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { titleOf } from "@kit/facts/acts.ts";
import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Link } from "react-router";
import { useLatestFacts } from "../hooks/useHome.ts";
import { homeWords } from "../words.ts";
import styles from "./Home.module.css";

/** What is happening, as it happens. */
export function Live() {
  const t = useText(homeWords);
  const language = useLanguage();
  const latest = useLatestFacts();
  return (
    <Section title={t.live}>
      <Reading query={latest} rows={3}>
        {(facts) => (
          <>
            {facts.length === 0 && <p className={styles.faint}>{t.noLive}</p>}
            <ul className={styles.live} aria-live="polite">
              {facts.map((fact) => (
                <li key={fact.id} className={styles.fact}>
                  {fact.customer_id && (
                    <Face name={fact.customer_name || t.newcomer} url={fact.avatar_url} size={22} />
                  )}
                  <span>
                    {fact.customer_id && (
                      <>
                        <Link to={`/people/customers/${fact.customer_id}`}>
                          {fact.customer_name || t.newcomer}
                        </Link>{" "}
                      </>
                    )}
                    {titleOf(fact, language)}
                    {fact.material_title && `《${fact.material_title}》`}
                    {fact.staff_name && <span className={styles.faint}> · {fact.staff_name}</span>}
                  </span>
                  <Moment at={fact.occurred_at} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Reading>
    </Section>
  );
}
