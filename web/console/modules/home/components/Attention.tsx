import { Section } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Link } from "react-router";
import { useAsking } from "../hooks/useFigures.ts";
import { useAttention } from "../hooks/useHome.ts";
import { homeWords } from "../words.ts";
import styles from "./Home.module.css";

/** What needs a person now; the only place where vermilion asks for one. */
export function Attention() {
  const t = useText(homeWords);
  const asking = useAsking();
  const attention = useAttention();
  return (
    <Section title={t.attention}>
      <Reading query={attention} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.faint}>{t.calm}</p>
          ) : (
            <ul className={styles.asks}>
              {items.map((item) => {
                const { title, detail } = asking(item.kind, item);
                return (
                  <li key={item.kind}>
                    <Link to={item.link} className={styles.ask}>
                      <span className={`${styles.askCount} ${item.urgent ? styles.urgent : ""}`}>
                        {formatCount(item.count)}
                      </span>
                      <span>
                        <strong>{title}</strong>
                        <span className={styles.askDetail}>{detail}</span>
                      </span>
                    </Link>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Reading>
    </Section>
  );
}
