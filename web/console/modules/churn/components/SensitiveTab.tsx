import type { Churn, SensitiveRow } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Alert, Button, Segmented, Space, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { MAY } from "../../../permissions.ts";
import {
  MARK_STATES,
  type MarkState,
  MESSAGE_SOURCES,
  useChurnActs,
  useSensitive,
} from "../api.ts";
import { churnWords } from "../words.ts";
import { MarkModal } from "./MarkModal.tsx";

/** Who has had enough: found, to be judged, and left in peace unless dismissed. */
export function SensitiveTab({ churn }: { churn: Churn }) {
  const t = useText(churnWords);
  const may = useMay()(MAY.writeChurn);
  const [state, setState] = useState<MarkState>("found");
  const [marking, setMarking] = useState(false);
  const pages = useSensitive(state);
  const { review } = useChurnActs();
  return (
    <>
      <Alert
        type={churn.messages.length ? "info" : "warning"}
        showIcon
        message={t.peace}
        description={<Sources connected={churn.messages} />}
        style={{ marginBottom: 12 }}
      />
      <div style={{ display: "flex", flexWrap: "wrap", gap: 12, marginBottom: 12 }}>
        <Segmented<MarkState>
          value={state}
          onChange={setState}
          options={MARK_STATES.map((value) => ({
            value,
            label:
              value === "found" && churn.waiting_review > 0
                ? `${t.states[value]} ${formatCount(churn.waiting_review)}`
                : t.states[value],
          }))}
        />
        {may && (
          <Button style={{ marginLeft: "auto" }} onClick={() => setMarking(true)}>
            {t.mark}
          </Button>
        )}
      </div>
      <ListTable<SensitiveRow>
        pages={pages}
        rowKey={(one) => one.id}
        empty={<EmptyState title={t.sensitiveEmpty}>{t.sensitiveEmptyText}</EmptyState>}
        columns={[
          {
            title: t.customer,
            render: (_, one) => (
              <Link to={`/people/customers/${one.customer_id}`}>
                <Person name={one.name} url={one.avatar_url} />
              </Link>
            ),
          },
          {
            title: t.found,
            render: (_, one) => (
              <Space size={4} wrap style={{ maxWidth: 360 }}>
                {one.words.map((word) => (
                  <Tag key={word}>{word}</Tag>
                ))}
                {one.reason && <span style={{ overflowWrap: "anywhere" }}>{one.reason}</span>}
                {!one.words.length && !one.reason && "—"}
              </Space>
            ),
          },
          { title: t.source, render: (_, one) => t.sources[one.source] ?? one.source },
          { title: t.foundAt, render: (_, one) => <Moment at={one.found_at} /> },
          { title: t.judgedBy, render: (_, one) => one.employee ?? "—" },
          {
            title: "",
            align: "right",
            render: (_, one) =>
              may && (
                <Space>
                  {one.state !== "confirmed" && (
                    <Button
                      size="small"
                      disabled={review.isPending}
                      onClick={() => review.mutate({ id: one.id, state: "confirmed" })}
                    >
                      {t.confirm}
                    </Button>
                  )}
                  {one.state !== "dismissed" && (
                    <Button
                      size="small"
                      disabled={review.isPending}
                      onClick={() => review.mutate({ id: one.id, state: "dismissed" })}
                    >
                      {t.dismiss}
                    </Button>
                  )}
                </Space>
              ),
          },
        ]}
      />
      {marking && <MarkModal onClose={() => setMarking(false)} />}
    </>
  );
}

/** From where customers' messages come, and from where they do not. */
function Sources({ connected }: { connected: Churn["messages"] }) {
  const t = useText(churnWords);
  return (
    <>
      {t.heard}
      <Space size={[12, 4]} wrap style={{ display: "flex", marginTop: 4 }}>
        {MESSAGE_SOURCES.map((source) => (
          <span key={source}>
            {t.sources[source]} {connected.includes(source) ? t.connected : t.unconnected}
          </span>
        ))}
      </Space>
    </>
  );
}
