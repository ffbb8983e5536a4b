import { CheckOutlined, ExclamationOutlined } from "@ant-design/icons";
import type { SetupStep } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Tag } from "antd";
import type { ReactNode } from "react";
import { connectionWords } from "../words.ts";
import styles from "./Connection.module.css";

const COLOURS = { todo: "default", done: "success", failed: "error" } as const;

type StepFrameProps = { number: number; step: SetupStep; children: ReactNode };

/** One step on the rail: its number or mark, its state, and what to do. */
export function StepFrame({ number, step, children }: StepFrameProps) {
  const t = useText(connectionWords);
  const mark = { todo: "", done: styles.done, failed: styles.failed }[step.state];
  return (
    <section className={styles.step} aria-label={step.title}>
      <div className={styles.rail}>
        <span className={`${styles.number} ${mark}`}>
          {step.state === "done" && <CheckOutlined />}
          {step.state === "failed" && <ExclamationOutlined />}
          {step.state === "todo" && number}
        </span>
        <span className={styles.line} />
      </div>
      <div className={styles.body}>
        <div className={styles.head}>
          <h2 className={styles.title}>{t.steps[step.key] ?? step.title}</h2>
          <Tag color={COLOURS[step.state]}>{t.states[step.state]}</Tag>
          {step.at && (
            <span style={{ fontSize: 12, color: "var(--ink-faint)" }}>
              <Moment at={step.at} />
            </span>
          )}
        </div>
        {step.detail && (
          <p
            className={styles.detail}
            style={step.state === "failed" ? { color: "var(--attention-ink)" } : undefined}
          >
            {t.details[step.key]?.[step.state] ?? step.detail}
          </p>
        )}
        {children && <div className={styles.sheet}>{children}</div>}
      </div>
    </section>
  );
}

/** A fact of the connection in one line. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <span>{name}</span>
      <div>{children}</div>
    </div>
  );
}
