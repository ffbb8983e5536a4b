import type { Churn, NewAudience } from "@kit/api/types.ts";
import { PageHead, Section } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Alert, Button, Statistic, Tabs } from "antd";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { MAY } from "../../../permissions.ts";
import { useAudienceActs } from "../../audiences/hooks/useAudiences.ts";
import { useChurn } from "../api.ts";
import { churnWords } from "../words.ts";
import { LostTab } from "./LostTab.tsx";
import { PlanModal } from "./PlanModal.tsx";
import { SensitiveTab } from "./SensitiveTab.tsx";

const GRID = {
  display: "grid",
  gridTemplateColumns: "repeat(auto-fit, minmax(150px, 1fr))",
  gap: 16,
};

export function ChurnPage() {
  const t = useText(churnWords);
  const may = useMay()(MAY.writeChurn);
  const churn = useChurn();
  const [planning, setPlanning] = useState(false);
  return (
    <>
      <PageHead
        title={t.title}
        actions={may && <Button onClick={() => setPlanning(true)}>{t.plan}</Button>}
      />
      <Reading query={churn}>
        {(found) => (
          <>
            <Figures churn={found} />
            <ChurnTabs churn={found} />
            {planning && <PlanModal plan={found.plan} onClose={() => setPlanning(false)} />}
          </>
        )}
      </Reading>
    </>
  );
}

function Figures({ churn }: { churn: Churn }) {
  const t = useText(churnWords);
  const knows = churn.messages.length > 0 || churn.waiting_review > 0;
  return (
    <Section>
      <div style={GRID}>
        <Statistic title={t.lost30} value={formatCount(churn.lost_30_days)} />
        <Statistic title={t.lostByCustomer30} value={formatCount(churn.lost_by_customer_30_days)} />
        <Statistic
          title={t.waiting}
          value={knows ? formatCount(churn.waiting_review) : t.unavailable}
          valueStyle={knows ? undefined : { fontSize: 16, color: "var(--ink-faint)" }}
        />
        <Statistic title={t.inForce} value={formatCount(churn.sensitive)} />
      </div>
    </Section>
  );
}

function ChurnTabs({ churn }: { churn: Churn }) {
  const t = useText(churnWords);
  const [address, setAddress] = useSearchParams();
  return (
    <Tabs
      activeKey={address.get("tab") ?? "lost"}
      onChange={(tab) => setAddress(tab === "lost" ? {} : { tab }, { replace: true })}
      destroyOnHidden
      items={[
        { key: "lost", label: t.lost, children: <LostTab /> },
        { key: "silent", label: t.silent, children: <Silent churn={churn} /> },
        {
          key: "sensitive",
          label: t.sensitive,
          children: <SensitiveTab churn={churn} />,
        },
      ]}
    />
  );
}

function Silent({ churn }: { churn: Churn }) {
  const t = useText(churnWords);
  const may = useMay();
  const navigate = useNavigate();
  const { create } = useAudienceActs();
  const days = churn.plan.silent_days;
  function keep() {
    create.mutate(
      {
        name: t.silentName(days),
        kind: "rule",
        dynamic: true,
        rule: churn.silent_rule as unknown as NewAudience["rule"],
      },
      { onSuccess: ({ id }) => navigate(`/people/audiences/${id}`) },
    );
  }
  return (
    <Section
      extra={
        may(MAY.writeAudiences) && (
          <Button type="primary" loading={create.isPending} onClick={keep}>
            {t.silentOpen}
          </Button>
        )
      }
    >
      <p style={{ marginBottom: 12 }}>{t.silentIs(days)}</p>
      {!churn.messages.includes("archive") && <Alert type="info" showIcon message={t.silentNote} />}
    </Section>
  );
}
