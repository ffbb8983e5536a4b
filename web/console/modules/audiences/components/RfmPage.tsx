import { ReloadOutlined, SettingOutlined } from "@ant-design/icons";
import type { RfmView } from "@kit/api/types.ts";
import { PageHead, Section } from "@kit/desk/PageHead.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { MAY } from "../../../permissions.ts";
import { useNote } from "../../jobs/notes.ts";
import { writeDraft } from "../draft.ts";
import { isBuilding } from "../hooks/useAudiences.ts";
import { useRfm, useRfmActs, useRfmMatrix } from "../hooks/useRfm.ts";
import { BuildAtWork } from "./BuildBanner.tsx";
import { Cuts } from "./rfm/Cuts.tsx";
import { Matrix } from "./rfm/Matrix.tsx";
import { PlanForm } from "./rfm/PlanForm.tsx";
import styles from "./rfm/Rfm.module.css";
import { rfmWords } from "./rfm/words.ts";

function Distribution({ rfm, mayWrite }: { rfm: RfmView; mayWrite: boolean }) {
  const t = useText(rfmWords);
  const navigate = useNavigate();
  const matrix = useRfmMatrix(rfm.version?.id);

  function begin(recency: number, frequency: number): void {
    writeDraft("new", {
      name: t.audienceName(recency, frequency),
      description: "",
      dynamic: true,
      rule: {
        kind: "all",
        items: [{ kind: "rfm", recency: [recency], frequency: [frequency] }],
      },
    });
    navigate("/people/audiences/new");
  }

  if (!rfm.version) return <EmptyState title={t.none}>{t.noneText}</EmptyState>;
  return (
    <Reading query={matrix}>
      {(found) =>
        found.cells.length ? (
          <Matrix matrix={found} onChoose={mayWrite ? begin : undefined} />
        ) : (
          <EmptyState title={t.noneBuyers}>{t.noneBuyersText}</EmptyState>
        )
      }
    </Reading>
  );
}

/** Who has which scores, and the thresholds by which they are given. */
export function RfmPage() {
  const t = useText(rfmWords);
  const noteOf = useNote();
  const mayWrite = useMay()(MAY.writeAudiences);
  const rfm = useRfm();
  const { run } = useRfmActs();
  const [editing, setEditing] = useState(false);
  const build = rfm.data?.build ?? null;
  return (
    <>
      <PageHead
        title={t.title}
        note={t.note}
        actions={
          mayWrite &&
          rfm.data && (
            <>
              <Button icon={<SettingOutlined />} onClick={() => setEditing(true)}>
                {t.edit}
              </Button>
              <Button
                type="primary"
                icon={<ReloadOutlined />}
                loading={run.isPending}
                disabled={isBuilding(build)}
                onClick={() => run.mutate()}
              >
                {t.run}
              </Button>
            </>
          )
        }
      />
      {build && isBuilding(build) && <BuildAtWork build={build} cancelling={false} />}
      {build?.state === "failed" && (
        <p className={styles.told} role="alert">
          {[t.failed, noteOf(build)].filter(Boolean).join("：")}
        </p>
      )}
      <Reading query={rfm}>
        {(found) => (
          <div className={styles.columns}>
            <Section title={t.matrix}>
              <Distribution rfm={found} mayWrite={mayWrite} />
            </Section>
            {found.version && (
              <Section title={t.cuts}>
                <Cuts version={found.version} />
              </Section>
            )}
          </div>
        )}
      </Reading>
      {editing && rfm.data && <PlanForm rfm={rfm.data} onClose={() => setEditing(false)} />}
    </>
  );
}
