import type { Audience, SamplePerson } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { PersonStack } from "@kit/desk/PersonStack.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { MAY } from "../../../permissions.ts";
import { CustomerDrawer } from "../../customers/components/CustomerDrawer.tsx";
import { useAudienceActs, useAudienceMembers } from "../hooks/useAudiences.ts";
import styles from "./Audiences.module.css";
import { detailWords } from "./detailWords.ts";

/** Who is in it; a row opens the customer. */
export function MembersTab({ audience, mayWrite }: { audience: Audience; mayWrite: boolean }) {
  const t = useText(detailWords);
  const may = useMay();
  const confirm = useConfirm();
  const { removePeople } = useAudienceActs();
  const [open, setOpen] = useState<number | null>(null);
  const pages = useAudienceMembers(audience.id, audience.as_of);
  const isList = audience.kind === "list";
  const acts = {
    title: "",
    render: (_: unknown, one: SamplePerson) => (
      <Button
        size="small"
        type="text"
        onClick={(event) => {
          event.stopPropagation();
          confirm({
            title: t.removeAsk(one.name),
            action: t.remove,
            run: () => removePeople.mutateAsync({ id: audience.id, customerIds: [one.id] }),
          });
        }}
      >
        {t.remove}
      </Button>
    ),
  };
  const filter = JSON.stringify({ kind: "audience", audience_id: audience.id });
  return (
    <>
      {!audience.archived_at && may(MAY.readCustomers) && (
        <p className={styles.toList}>
          {isList && mayWrite && <Link to="/people/customers">{t.addPeople}</Link>}
          <Link to={`/people/customers?rule=${encodeURIComponent(filter)}`}>{t.inList}</Link>
        </p>
      )}
      <ListTable<SamplePerson>
        pages={pages}
        rowKey={(one) => one.id}
        onOpen={(one) => setOpen(one.id)}
        empty={
          <EmptyState title={t.noMembers}>{isList ? t.noMembersList : t.noMembersText}</EmptyState>
        }
        columns={[
          { title: t.person, render: (_, one) => <Person name={one.name} url={one.avatar_url} /> },
          { title: t.staff, render: (_, one) => <PersonStack people={one.staff} /> },
          { title: t.added, render: (_, one) => <Moment at={one.last_add_at} /> },
          ...(isList && mayWrite && !audience.archived_at ? [acts] : []),
        ]}
      />
      {open !== null && <CustomerDrawer id={open} onClose={() => setOpen(null)} />}
    </>
  );
}
