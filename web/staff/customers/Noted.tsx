import { api, take } from "@kit/api/client.ts";
import { sentenceOf } from "@kit/api/problem.ts";
import type { CustomField, FieldInput, FieldValue, Stage, StageStep } from "@kit/api/types.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Popup, Selector } from "antd-mobile";
import { useState } from "react";
import { Shown } from "../ui/states.tsx";
import ui from "../ui/ui.module.css";
import css from "./customers.module.css";
import { customerWords } from "./words.ts";

const STAGE = "stage";

type Noted = { fields: CustomField[]; stages: Stage[]; values: FieldValue[]; steps: StageStep[] };

async function readNoted(customer_id: number): Promise<Noted> {
  const at = { params: { path: { customer_id } } };
  const [fields, stages, values, steps] = await Promise.all([
    take(api.GET("/api/fields", {})),
    take(api.GET("/api/stages", {})),
    take(api.GET("/api/customers/{customer_id}/fields", at)),
    take(api.GET("/api/customers/{customer_id}/stages", at)),
  ]);
  return {
    fields: fields.items.filter((field) => !field.gone),
    stages: stages.items.filter((stage) => !stage.gone),
    values: values.items,
    steps: steps.items,
  };
}

function note(customer_id: number, what: CustomField | typeof STAGE, value: FieldInput) {
  const at = { params: { path: { customer_id } } };
  if (what === STAGE) {
    const stage_id = Array.isArray(value) ? (value[0] ?? null) : null;
    return take(api.PUT("/api/customers/{customer_id}/stage", { ...at, body: { stage_id } }));
  }
  const body = { values: { [what.id]: value } };
  return take(api.PUT("/api/customers/{customer_id}/fields", { ...at, body }));
}

type Line = {
  what: CustomField | typeof STAGE;
  name: string;
  options: { value: number; label: string }[];
  value: FieldInput;
  shown: string;
};

const YES = 1;
const NO = 0;

function useLines({ fields, stages, values, steps }: Noted): Line[] {
  const text = useText(customerWords);
  const now = steps[0];
  const stage: Line = {
    what: STAGE,
    name: text.stage,
    options: stages.map(({ id, name }) => ({ value: id, label: name })),
    value: now?.stage_id ? [now.stage_id] : null,
    shown: now?.stage ?? "",
  };
  const lines = fields.map((field): Line => {
    const value = values.find((one) => one.field_id === field.id)?.value ?? null;
    const flag = field.kind === "flag";
    const options = flag
      ? [
          { value: YES, label: text.yes },
          { value: NO, label: text.no },
        ]
      : field.options
          .filter((option) => !option.gone)
          .map(({ id, name }) => ({ value: id, label: name }));
    const named = field.options.filter(
      (option) => Array.isArray(value) && value.includes(option.id),
    );
    const plain = typeof value === "boolean" ? (value ? text.yes : text.no) : String(value ?? "");
    const shown = Array.isArray(value) ? named.map((option) => option.name).join("、") : plain;
    return { what: field, name: field.name, options, value, shown };
  });
  return stages.length ? [stage, ...lines] : lines;
}

/** What a chosen option, a number or a text means for the server. */
function saidOf(line: Line, chosen: number[], typed: string): FieldInput {
  const kind = line.what === STAGE ? "choice" : line.what.kind;
  if (kind === "flag") return chosen.length ? chosen[0] === YES : null;
  if (kind === "choice" || kind === "choices") return chosen.length ? chosen : null;
  if (typed.trim() === "") return null;
  return kind === "number" ? Number(typed) : typed.trim();
}

function Editor({ id, line, onClose }: { id: number; line: Line; onClose: () => void }) {
  const text = useText(customerWords);
  const client = useQueryClient();
  const { value } = line;
  const flag = typeof value === "boolean" ? [value ? YES : NO] : [];
  const [chosen, setChosen] = useState<number[]>(Array.isArray(value) ? value : flag);
  const [typed, setTyped] = useState(
    typeof value === "string" || typeof value === "number" ? String(value) : "",
  );
  const save = useMutation({
    mutationFn: () => note(id, line.what, saidOf(line, chosen, typed)),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["noted", id] });
      onClose();
    },
  });
  const kind = line.what === STAGE ? "choice" : line.what.kind;
  const types: Partial<Record<typeof kind, string>> = { number: "number", date: "date" };
  return (
    <div className={css.editor}>
      <h2>{line.name}</h2>
      {line.options.length ? (
        <Selector
          options={line.options}
          value={chosen}
          multiple={kind === "choices"}
          onChange={setChosen}
        />
      ) : (
        <Input
          aria-label={line.name}
          type={types[kind] ?? "text"}
          value={typed}
          maxLength={500}
          clearable
          placeholder={line.what === STAGE ? "" : line.what.hint}
          onChange={setTyped}
        />
      )}
      {save.error && (
        <p role="alert" className={ui.warning}>
          {sentenceOf(save.error)}
        </p>
      )}
      <Button block color="primary" loading={save.isPending} onClick={() => save.mutate()}>
        {text.save}
      </Button>
    </div>
  );
}

function Lines({ id, noted }: { id: number; noted: Noted }) {
  const text = useText(customerWords);
  const lines = useLines(noted);
  const [editing, setEditing] = useState<Line | null>(null);
  if (lines.length === 0) return null;
  return (
    <div className={ui.card}>
      <dl className={css.fields}>
        {lines.map((line) => (
          <div key={line.what === STAGE ? STAGE : line.what.id}>
            <dt>{line.name}</dt>
            <dd className={css.noted}>
              <span className={line.shown ? undefined : ui.soft}>{line.shown || text.unset}</span>
              <Button
                size="mini"
                fill="none"
                color="primary"
                aria-label={text.editOf(line.name)}
                onClick={() => setEditing(line)}
              >
                {text.edit}
              </Button>
            </dd>
          </div>
        ))}
      </dl>
      <Popup
        visible={editing !== null}
        destroyOnClose
        closeOnMaskClick
        onClose={() => setEditing(null)}
        bodyStyle={{ borderRadius: "12px 12px 0 0" }}
      >
        {editing && <Editor id={id} line={editing} onClose={() => setEditing(null)} />}
      </Popup>
    </div>
  );
}

/** Stage and custom fields of a customer, noted where they stand. */
export function Noted({ id }: { id: number }) {
  const noted = useQuery({ queryKey: ["noted", id], queryFn: () => readNoted(id) });
  return <Shown query={noted}>{(found) => <Lines id={id} noted={found} />}</Shown>;
}
