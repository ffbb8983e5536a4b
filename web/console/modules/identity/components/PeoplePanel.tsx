import type { JoinedPerson, MergeCandidate } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { Term } from "@kit/desk/Term.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { MAY } from "../../../permissions.ts";
import styles from "../../customers/components/Customer.module.css";
import { useIdentityActs, usePeople } from "../hooks/useIdentity.ts";
import { identityWords, named } from "../words.ts";
import { Card } from "./Card.tsx";
import { Decide } from "./Decide.tsx";
import { Ids } from "./Ids.tsx";
import { MergeDialog } from "./MergeDialog.tsx";
import { ReasonDialog } from "./ReasonDialog.tsx";

function Joined({ id, one, may }: { id: number; one: JoinedPerson; may: boolean }) {
  const t = useText(identityWords);
  const { unmerge } = useIdentityActs();
  const [asking, setAsking] = useState(false);
  const { person } = one;
  const close = () => {
    setAsking(false);
    unmerge.reset();
  };
  return (
    <div className={styles.contact}>
      <div className={styles.contactHead}>
        <Card person={person} plain />
        {may && (
          <Button size="small" onClick={() => setAsking(true)}>
            {t.unmerge}
          </Button>
        )}
      </div>
      <p className={styles.when}>
        {[named(t.evidence, one.evidence), one.by, one.reason].filter(Boolean).join(" · ")} ·{" "}
        <Moment at={one.at} />
      </p>
      {asking && (
        <ReasonDialog
          title={t.unmergeTitle(person.name || t.unnamed)}
          action={t.unmerge}
          danger
          busy={unmerge.isPending}
          failure={unmerge.error}
          onClose={close}
          onSay={(reason) =>
            unmerge.mutate({ id, person: person.id, reason }, { onSuccess: close })
          }
        >
          <p style={{ fontSize: 13, color: "var(--ink-soft)" }}>{t.unmergeText}</p>
          <Ids ids={person.identities} />
        </ReasonDialog>
      )}
    </div>
  );
}

function Suggestion({ id, one, may }: { id: number; one: MergeCandidate; may: boolean }) {
  const t = useText(identityWords);
  const other = one.one.id === id ? one.other : one.one;
  return (
    <div className={styles.contact}>
      <div className={styles.contactHead}>
        <Card person={other} />
        {may && (
          <span style={{ whiteSpace: "nowrap" }}>
            <Decide candidate={one} />
          </span>
        )}
      </div>
      <p className={styles.when}>
        {named(t.evidence, one.evidence)} · {t.confidence[one.confidence]} ·{" "}
        <Moment at={one.found_at} />
      </p>
    </div>
  );
}

/** How a customer is put together: ids with evidence, who was merged in, who else they may be. */
export function PeoplePanel({ id }: { id: number }) {
  const t = useText(identityWords);
  const may = useMay()(MAY.writeCustomers);
  const navigate = useNavigate();
  const people = usePeople(id);
  const [merging, setMerging] = useState(false);
  const merged = (stays: number) => {
    setMerging(false);
    if (stays !== id) void navigate(`/people/customers/${stays}`, { replace: true });
  };
  return (
    <Section
      title={<Term means={t.titleMeans}>{t.title}</Term>}
      extra={
        may && (
          <Button size="small" onClick={() => setMerging(true)}>
            {t.merge}
          </Button>
        )
      }
    >
      <Reading query={people}>
        {(found) => (
          <>
            <Ids ids={found.identities} />
            {found.candidates.length > 0 && <h3 className={styles.minor}>{t.candidates}</h3>}
            {found.candidates.map((one) => (
              <Suggestion key={one.id} id={id} one={one} may={may} />
            ))}
            {found.more_candidates && <p className={styles.minor}>{t.moreCandidates}</p>}
            {found.joined.length > 0 && <h3 className={styles.minor}>{t.joined}</h3>}
            {found.joined.map((one) => (
              <Joined key={one.person.id} id={id} one={one} may={may} />
            ))}
          </>
        )}
      </Reading>
      {merging && <MergeDialog id={id} onClose={() => setMerging(false)} onMerged={merged} />}
    </Section>
  );
}
