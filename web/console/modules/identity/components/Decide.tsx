import type { MergeCandidate } from "@kit/api/types.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Button } from "antd";
import { useState } from "react";
import { useIdentityActs } from "../hooks/useIdentity.ts";
import { identityWords } from "../words.ts";
import { Card } from "./Card.tsx";
import { ReasonDialog } from "./ReasonDialog.tsx";

/** The two answers to a suggestion. */
export function Decide({ candidate }: { candidate: MergeCandidate }) {
  const t = useText(identityWords);
  const { decide } = useIdentityActs();
  const [answer, setAnswer] = useState<boolean | null>(null);
  const close = () => {
    setAnswer(null);
    decide.reset();
  };
  return (
    <>
      <Button size="small" type="link" onClick={() => setAnswer(true)}>
        {t.accept}
      </Button>
      <Button size="small" type="link" onClick={() => setAnswer(false)}>
        {t.refuse}
      </Button>
      {answer !== null && (
        <ReasonDialog
          title={answer ? t.acceptTitle : t.refuseTitle}
          action={answer ? t.accept : t.refuse}
          danger={answer}
          optional
          busy={decide.isPending}
          failure={decide.error}
          onClose={close}
          onSay={(reason) =>
            decide.mutate({ id: candidate.id, accept: answer, reason }, { onSuccess: close })
          }
        >
          <Card person={candidate.one} plain />
          <Card person={candidate.other} plain />
          {answer && <p style={{ fontSize: 13, color: "var(--ink-soft)" }}>{t.mergeText}</p>}
        </ReasonDialog>
      )}
    </>
  );
}
