import { SyncOutlined } from "@ant-design/icons";
import type { Connection, SetupStep } from "@kit/api/types.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button } from "antd";
import { MAY } from "../../../permissions.ts";
import { JobProgress } from "../../jobs/components/JobProgress.tsx";
import { useConnectionActs, useSyncJobs } from "../hooks/useConnection.ts";
import { connectionWords } from "../words.ts";
import styles from "./Connection.module.css";

type SyncStepProps = { step: SetupStep; connection: Connection };

/** Starts the sync of directory and customers and shows how far it is. */
export function SyncStep({ step, connection }: SyncStepProps) {
  const t = useText(connectionWords);
  const mayWrite = useMay()(MAY.writeSettings);
  const { sync } = useConnectionActs();
  const jobs = useSyncJobs();
  return (
    <>
      <p className={styles.where}>{t.syncNote}</p>
      <Button
        type={step.state === "done" ? "default" : "primary"}
        icon={<SyncOutlined />}
        disabled={!mayWrite || !connection.secret_set || jobs.length > 0}
        loading={sync.isPending}
        onClick={() => sync.mutate()}
      >
        {step.state === "done" ? t.resync : t.sync}
      </Button>
      {jobs.length > 0 && (
        <div className={styles.jobs}>
          {jobs.map((job) => (
            <div key={job.id}>
              {job.title}
              <JobProgress job={job} />
            </div>
          ))}
        </div>
      )}
    </>
  );
}
