import type { Audience } from "@kit/api/types.ts";
import { Reading } from "@kit/desk/states.tsx";
import { useState } from "react";
import { useParams } from "react-router";
import { type AudienceDraft, readDraft, writeDraft } from "../draft.ts";
import { useAudience } from "../hooks/useAudiences.ts";
import type { Rule } from "../rule/language.ts";
import { Builder } from "./Builder.tsx";

const EVERYBODY: Rule = { kind: "all", items: [] };

const BLANK: AudienceDraft = { name: "", description: "", dynamic: true, rule: EVERYBODY };

function asSaved(audience: Audience | undefined): AudienceDraft {
  if (!audience) return BLANK;
  const { name, description, dynamic, version } = audience;
  return { name, description, dynamic, version, rule: (audience.rule ?? EVERYBODY) as Rule };
}

/** Begins with what was left unsaved, else with what is saved. */
function Begin({ audience }: { audience?: Audience }) {
  const key = audience?.id ?? "new";
  const [draft, setDraft] = useState(() => readDraft(key));
  const [saved] = useState(() => asSaved(audience));
  return (
    <Builder
      key={draft ? "restored" : "saved"}
      audience={audience}
      initial={draft ?? saved}
      restored={draft !== null}
      onDiscard={() => {
        writeDraft(key, null);
        setDraft(null);
      }}
    />
  );
}

function Edit({ id }: { id: number }) {
  const audience = useAudience(id);
  return <Reading query={audience}>{(found) => <Begin audience={found} />}</Reading>;
}

/** The builder, for a new audience or one to be changed. */
export function BuilderPage() {
  const { id } = useParams();
  return id === undefined ? <Begin key="new" /> : <Edit key={id} id={Number(id)} />;
}
