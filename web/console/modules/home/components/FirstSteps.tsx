import { CheckCircleFilled } from "@ant-design/icons";
import type { FirstStep } from "@kit/api/types.ts";
import { Section } from "@kit/desk/PageHead.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Progress } from "antd";
import { Link } from "react-router";
import { useAsking } from "../hooks/useFigures.ts";
import { useFirstSteps } from "../hooks/useHome.ts";
import { homeWords } from "../words.ts";
import styles from "./Home.module.css";

function Step({ step, number }: { step: FirstStep; number: number }) {
  const { title, detail } = useAsking()(step.key, step);
  const body = (
    <>
      <span className={styles.stepMark}>
        {step.done ? <CheckCircleFilled style={{ color: "var(--good)" }} /> : number}
      </span>
      <span>
        <strong className={step.done ? styles.faint : undefined}>{title}</strong>
        <span className={styles.askDetail}>{detail}</span>
      </span>
    </>
  );
  return step.allowed && !step.done ? (
    <Link to={step.link} className={styles.step}>
      {body}
    </Link>
  ) : (
    <span className={styles.step}>{body}</span>
  );
}

/** The checklist of a new enterprise; gone once everything is done. */
export function FirstSteps() {
  const t = useText(homeWords);
  const { data } = useFirstSteps();
  if (!data || data.done === data.total) return null;
  return (
    <Section
      title={t.firstSteps}
      extra={
        <Progress
          steps={data.total}
          percent={(data.done / data.total) * 100}
          format={() => `${data.done} / ${data.total}`}
          size="small"
        />
      }
    >
      <ol className={styles.steps}>
        {data.items.map((step, index) => (
          <li key={step.key}>
            <Step step={step} number={index + 1} />
          </li>
        ))}
      </ol>
    </Section>
  );
}
