import type { Connection, SetupStep } from "@kit/api/types.ts";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Tabs } from "antd";
import type { ReactNode } from "react";
import { CallbackList } from "../../callbacks/components/CallbackList.tsx";
import { useConnection } from "../hooks/useConnection.ts";
import { connectionWords } from "../words.ts";
import { CallbackStep } from "./CallbackStep.tsx";
import styles from "./Connection.module.css";
import { CredentialsStep } from "./CredentialsStep.tsx";
import { Diagnosis } from "./Diagnosis.tsx";
import { DomainStep } from "./DomainStep.tsx";
import { OfficialAccountStep } from "./OfficialAccountStep.tsx";
import { StepFrame } from "./StepFrame.tsx";
import { SuiteCard } from "./SuiteCard.tsx";
import { SyncStep } from "./SyncStep.tsx";

function bodyOf(step: SetupStep, connection: Connection): ReactNode {
  switch (step.key) {
    case "credentials":
      return <CredentialsStep step={step} connection={connection} />;
    case "callback":
      return <CallbackStep connection={connection} />;
    case "domain":
      return <DomainStep step={step} connection={connection} />;
    case "directory":
      return null;
    case "customers":
      return <SyncStep step={step} connection={connection} />;
    case "official_account":
      return <OfficialAccountStep step={step} connection={connection} />;
  }
}

function hasCredentials(steps: SetupStep[]): boolean {
  return steps.some(({ key, state }) => key === "credentials" && state === "done");
}

export function ConnectionPage() {
  const t = useText(connectionWords);
  const connection = useConnection();
  const { values, change } = useFilters(["tab", "state", "callback"] as const);
  const tab = values.tab ?? "setup";
  return (
    <>
      <PageHead title={t.title} note={t.note} />
      <Tabs
        activeKey={tab}
        onChange={(next) => change({ tab: next, state: "", callback: "" })}
        items={[
          {
            key: "setup",
            label: t.setup,
            children: (
              <Reading query={connection}>
                {(found) => (
                  <div className={styles.steps}>
                    {found.steps.map((step, index) => (
                      <StepFrame key={step.key} number={index + 1} step={step}>
                        {bodyOf(step, found)}
                      </StepFrame>
                    ))}
                    <SuiteCard connection={found} />
                  </div>
                )}
              </Reading>
            ),
          },
          {
            key: "diagnosis",
            label: t.diagnosis,
            children: (
              <Reading query={connection}>
                {({ steps }) => (
                  <Diagnosis shown={tab === "diagnosis"} connected={hasCredentials(steps)} />
                )}
              </Reading>
            ),
          },
          {
            key: "callbacks",
            label: t.callbacks,
            children: <CallbackList />,
            destroyOnHidden: true,
          },
        ]}
      />
    </>
  );
}
