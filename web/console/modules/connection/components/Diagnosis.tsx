import {
  CheckCircleFilled,
  CloseCircleFilled,
  QuestionCircleFilled,
  ReloadOutlined,
} from "@ant-design/icons";
import type { Probe } from "@kit/api/types.ts";
import { DeskTable } from "@kit/desk/list/DeskTable.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { useLanguage } from "@kit/i18n/language.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Button } from "antd";
import { useDiagnosis } from "../hooks/useConnection.ts";
import { ENGLISH_PROBES, fixIn } from "../probes.ts";
import { connectionWords } from "../words.ts";

const MARKS = {
  granted: <CheckCircleFilled style={{ color: "var(--good)" }} />,
  missing: <CloseCircleFilled style={{ color: "var(--attention)" }} />,
  unknown: <QuestionCircleFilled style={{ color: "var(--ink-faint)" }} />,
};

/** Each permission, whether it is there, and how to get it; without credentials none can be asked. */
export function Diagnosis({ shown, connected }: { shown: boolean; connected: boolean }) {
  const t = useText(connectionWords);
  const language = useLanguage();
  const diagnosis = useDiagnosis(shown && connected);
  if (!connected) return <EmptyState title={t.unconnected}>{t.unconnectedText}</EmptyState>;
  return (
    <Section
      title={diagnosis.isFetching ? t.probing : t.probeNote}
      extra={
        <Button
          icon={<ReloadOutlined />}
          loading={diagnosis.isFetching}
          onClick={() => diagnosis.refetch()}
        >
          {t.probe}
        </Button>
      }
    >
      <Reading query={diagnosis}>
        {(probes) => (
          <DeskTable<Probe>
            rowKey="key"
            pagination={false}
            dataSource={probes}
            columns={[
              {
                title: t.item,
                render: (_, { key, title }) => (language === "en" && ENGLISH_PROBES[key]) || title,
              },
              {
                title: t.result,
                width: 130,
                render: (_, probe) => (
                  <span style={{ whiteSpace: "nowrap" }}>
                    {MARKS[probe.state]} {t[probe.state]}
                    {probe.state !== "granted" && probe.errcode ? ` (${probe.errcode})` : ""}
                  </span>
                ),
              },
              {
                title: t.fix,
                render: (_, probe) =>
                  probe.state === "granted" ? (
                    <span style={{ color: "var(--ink-faint)" }}>—</span>
                  ) : (
                    fixIn(language, probe)
                  ),
              },
            ]}
          />
        )}
      </Reading>
    </Section>
  );
}
