import type { MergeCandidate } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Segmented } from "antd";
import { MAY } from "../../../permissions.ts";
import { useCandidates } from "../hooks/useIdentity.ts";
import { identityWords, named } from "../words.ts";
import { Card } from "./Card.tsx";
import { Decide } from "./Decide.tsx";

const STATES = ["open", "accepted", "refused"] as const;

/** People who may be one, for a person to answer. */
export function CandidatesPage() {
  const t = useText(identityWords);
  const may = useMay()(MAY.writeCustomers);
  const { values, change } = useFilters(["state"] as const);
  const state = STATES.find((one) => one === values.state) ?? "open";
  const pages = useCandidates(state);
  return (
    <>
      <PageHead title={t.candidatesTitle} note={t.candidatesNote} />
      <Segmented
        style={{ marginBottom: 12 }}
        value={state}
        options={STATES.map((value) => ({ value, label: t.states[value] }))}
        onChange={(one) => change({ state: one === "open" ? undefined : one })}
      />
      <ListTable<MergeCandidate>
        pages={pages}
        rowKey={(one) => one.id}
        filtered={false}
        empty={
          <EmptyState title={state === "open" ? t.none : t.noneDone}>
            {state === "open" && t.noneText}
          </EmptyState>
        }
        columns={[
          {
            title: t.people,
            render: (_, one) => (
              <div style={{ display: "grid", gap: 6 }}>
                <Card person={one.one} />
                <Card person={one.other} />
              </div>
            ),
          },
          {
            title: t.why,
            render: (_, one) =>
              `${named(t.evidence, one.evidence)} · ${t.confidence[one.confidence]}`,
          },
          { title: t.foundAt, render: (_, one) => <Moment at={one.found_at} /> },
          state === "open"
            ? {
                key: "act",
                align: "right",
                render: (_, one) => may && <Decide candidate={one} />,
              }
            : {
                title: t.by,
                render: (_, one) => [one.by, one.reason].filter(Boolean).join(" · ") || "—",
              },
        ]}
      />
    </>
  );
}
