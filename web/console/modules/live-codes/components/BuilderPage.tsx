import { Reading } from "@kit/desk/states.tsx";
import { useParams } from "react-router";
import { readDraft } from "../draft.ts";
import { useLiveCode } from "../hooks/useLiveCodes.ts";
import { BLANK, writeOf } from "../welcome.ts";
import { Builder } from "./Builder.tsx";

function EditCode({ id }: { id: number }) {
  const code = useLiveCode(id);
  return (
    <Reading query={code}>
      {(found) => <Builder key={found.id} code={found} initial={writeOf(found)} />}
    </Reading>
  );
}

/** New code or an existing one, in the same builder. */
export function BuilderPage() {
  const { id } = useParams();
  return id ? <EditCode id={Number(id)} /> : <Builder initial={readDraft() ?? BLANK} />;
}
