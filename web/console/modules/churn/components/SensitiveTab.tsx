import type { SensitiveRow } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Alert, Button, Segmented, Space, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { MAY } from "../../../permissions.ts";
import { MARK_STATES, type MarkState, useChurnActs, useSensitive } from "../api.ts";
import { churnWords } from "../words.ts";

/** Who has had enough: found, to be judged, and left in peace unless dismissed. */
export function SensitiveTab({ messages }: { messages: boolean }) {
  const t = useText(churnWords);
  const may = useMay()(MAY.writeChurn);
  const [state, setState] = useState<MarkState>("found");
  const pages = useSensitive(state);
  const { review } = useChurnActs();
  return (
    <>
      {!messages && (
        <Alert
          type="warning"
          showIcon
          message={t.noMessages}
          description={t.noMessagesText}
          style={{ marginBottom: 12 }}
        />
      )}
      <Segmented<MarkState>
        value={state}
        onChange={setState}
        options={MARK_STATES.map((value) => ({ value, label: t.states[value] }))}
        style={{ marginBottom: 12 }}
      />
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
              <Space size={4} wrap>
                {one.words.length ? one.words.map((word) => <Tag key={word}>{word}</Tag>) : "—"}
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
                      onClick={() => review.mutate({ id: one.id, state: "confirmed" })}
                    >
                      {t.confirm}
                    </Button>
                  )}
                  {one.state !== "dismissed" && (
                    <Button
                      size="small"
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
    </>
  );
}
