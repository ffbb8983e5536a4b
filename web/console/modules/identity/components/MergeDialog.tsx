import type { PersonCard } from "@kit/api/types.ts";
import { focusOnceShown } from "@kit/desk/focusOnceShown.ts";
import { Reading } from "@kit/desk/states.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useQuery } from "@tanstack/react-query";
import { Alert, Select } from "antd";
import { useState } from "react";
import { findCustomers } from "../../customers/api.ts";
import { useIdentityActs, useMergePreview } from "../hooks/useIdentity.ts";
import { identityWords } from "../words.ts";
import { Card } from "./Card.tsx";
import { Ids } from "./Ids.tsx";
import { ReasonDialog } from "./ReasonDialog.tsx";

const MOST_FOUND = 10;

function Side({ name, person }: { name: string; person: PersonCard }) {
  return (
    <div style={{ border: "1px solid var(--line)", borderRadius: 8, padding: 12 }}>
      <p style={{ fontSize: 12, color: "var(--ink-faint)", marginBottom: 6 }}>{name}</p>
      <Card person={person} plain />
      <div style={{ height: 8 }} />
      <Ids ids={person.identities} />
    </div>
  );
}

function FindOther({ id, onFind }: { id: number; onFind: (other: number) => void }) {
  const t = useText(identityWords);
  const [q, setQ] = useState("");
  const found = useQuery({
    queryKey: ["customers", "find", q],
    queryFn: () => findCustomers(q, MOST_FOUND),
    enabled: q !== "",
  });
  const others = found.data?.filter((one) => one.id !== id) ?? [];
  return (
    <Select
      ref={focusOnceShown}
      showSearch
      filterOption={false}
      style={{ width: "100%" }}
      aria-label={t.find}
      placeholder={t.find}
      loading={found.isFetching}
      notFoundContent={q && !found.isFetching ? t.found : null}
      onSearch={(said) => setQ(said.trim())}
      onChange={onFind}
      options={others.map((one) => ({
        value: one.id,
        label: [one.name || t.unnamed, one.remark, one.staff.map((each) => each.name).join("、")]
          .filter(Boolean)
          .join(" · "),
      }))}
    />
  );
}

/** Finds the other customer, shows what merging does, and does it. */
export function MergeDialog({
  id,
  onClose,
  onMerged,
}: {
  id: number;
  onClose: () => void;
  onMerged: (customerId: number) => void;
}) {
  const t = useText(identityWords);
  const [other, setOther] = useState<number | null>(null);
  const preview = useMergePreview(id, other);
  const { merge } = useIdentityActs();
  const say = (reason: string) => {
    if (other === null) return;
    merge.mutate({ id, other, reason }, { onSuccess: ({ customer_id }) => onMerged(customer_id) });
  };
  return (
    <ReasonDialog
      title={t.mergeTitle}
      action={t.mergeTitle}
      danger
      ready={preview.data !== undefined}
      busy={merge.isPending}
      failure={merge.error}
      onClose={onClose}
      onSay={say}
    >
      <FindOther id={id} onFind={setOther} />
      {other !== null && (
        <Reading query={preview}>
          {({ stays, goes, separated }) => (
            <div style={{ display: "grid", gap: 12 }}>
              <Side name={t.stays} person={stays} />
              <Side name={t.goes} person={goes} />
              <p style={{ fontSize: 13, color: "var(--ink-soft)" }}>{t.mergeText}</p>
              {separated && <Alert type="warning" showIcon message={t.separated} />}
            </div>
          )}
        </Reading>
      )}
    </ReasonDialog>
  );
}
