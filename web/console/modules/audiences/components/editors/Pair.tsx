import { Term } from "@kit/desk/Term.tsx";
import type { ReactNode } from "react";
import styles from "./Editors.module.css";

type PairProps = { name: string; means?: string; hint?: ReactNode; children: ReactNode };

/** A part of a condition with its name. */
export function Pair({ name, means, hint, children }: PairProps) {
  return (
    <div className={styles.pair}>
      <span className={styles.name}>{means ? <Term means={means}>{name}</Term> : name}</span>
      <div>
        {children}
        {hint && <p className={styles.hint}>{hint}</p>}
      </div>
    </div>
  );
}
