import type { ReactNode } from "react";
import styles from "./PhoneFrame.module.css";

/** What a customer will see, in a phone of nobody's make. Always light: it shows their screen. */
export function PhoneFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.phone}>
      <div className={styles.screen}>
        <div className={styles.head}>{title}</div>
        <div className={styles.body}>{children}</div>
      </div>
    </div>
  );
}
