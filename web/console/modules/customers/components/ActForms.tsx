import type { FieldInput } from "@kit/api/types.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Alert, Form, Input, Radio, Select } from "antd";
import { type ReactElement, useState } from "react";
import { Link } from "react-router";
import { MAY } from "../../../permissions.ts";
import { useAudiences } from "../../audiences/hooks/useAudiences.ts";
import { ValueInput } from "../../fields/components/ValueInput.tsx";
import { useFields, useStages } from "../../fields/hooks/useFields.ts";
import type { Act } from "../api.ts";
import { bulkWords } from "./bulkWords.ts";

/** Tells the act that is set, or null while something is missing. */
type FormProps = { onChange: (act: Act | null) => void };

export type ActKind = Act["kind"];

const NOWHERE = 0;

/** Says that there is nothing to choose yet, and where it is made. */
function Missing({ text }: { text: string }) {
  const t = useText(bulkWords);
  const may = useMay();
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 12 }}
      message={text}
      description={
        may(MAY.writeFields) ? <Link to="/settings/fields">{t.makeThem}</Link> : t.askForThem
      }
    />
  );
}

function StageForm({ onChange }: FormProps) {
  const t = useText(bulkWords);
  const stages = useStages();
  const [stage, setStage] = useState<number>();
  const [reason, setReason] = useState("");

  function tell(number: number | undefined, why: string): void {
    setStage(number);
    setReason(why);
    const stage_id = number === NOWHERE ? null : number;
    onChange(stage_id === undefined ? null : { kind: "stage", stage_id, reason: why });
  }

  const living = (stages.data ?? []).filter((one) => !one.gone);
  if (stages.data && living.length === 0) return <Missing text={t.noStages} />;
  return (
    <>
      <Form.Item label={t.stage}>
        <Select
          aria-label={t.stage}
          placeholder={t.choose}
          loading={stages.isPending}
          value={stage}
          onChange={(number: number) => tell(number, reason)}
          options={[
            ...living.map(({ id, name }) => ({ value: id, label: name })),
            { value: NOWHERE, label: t.noStage },
          ]}
        />
      </Form.Item>
      <Form.Item label={t.reason}>
        <Input
          aria-label={t.reason}
          maxLength={200}
          placeholder={t.reasonHint}
          value={reason}
          onChange={(event) => tell(stage, event.target.value)}
        />
      </Form.Item>
    </>
  );
}

function isEmpty(value: FieldInput): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function FieldForm({ onChange }: FormProps) {
  const t = useText(bulkWords);
  const fields = useFields();
  const [id, setId] = useState<number>();
  const [value, setValue] = useState<FieldInput>(null);
  const [clearing, setClearing] = useState(false);
  const living = (fields.data ?? []).filter((one) => !one.gone);
  const field = living.find((one) => one.id === id);
  const none = fields.data && living.length === 0;

  function tell(field_id: number | undefined, next: FieldInput, clear: boolean): void {
    setId(field_id);
    setValue(next);
    setClearing(clear);
    const missing = field_id === undefined || (!clear && isEmpty(next));
    onChange(missing ? null : { kind: "field", field_id, value: clear ? null : next });
  }

  if (none) return <Missing text={t.noFields} />;
  return (
    <>
      <Form.Item label={t.field}>
        <Select
          showSearch
          aria-label={t.field}
          placeholder={t.choose}
          optionFilterProp="label"
          loading={fields.isPending}
          value={id}
          onChange={(number: number) => tell(number, null, clearing)}
          options={living.map((one) => ({ value: one.id, label: one.name }))}
        />
      </Form.Item>
      {field && (
        <Form.Item label={t.value} extra={clearing ? t.clearText : undefined}>
          <Radio.Group
            style={{ marginBottom: 8 }}
            value={clearing}
            onChange={(event) => tell(id, value, event.target.value)}
            options={[
              { value: false, label: t.set },
              { value: true, label: t.clear },
            ]}
          />
          {!clearing && (
            <ValueInput field={field} value={value} onChange={(next) => tell(id, next, clearing)} />
          )}
        </Form.Item>
      )}
    </>
  );
}

/** Chooses a fixed list by name. */
function ListSelect({ value, onChange }: { value?: number; onChange: (id: number) => void }) {
  const t = useText(bulkWords);
  const [find, setFind] = useState("");
  const pages = useAudiences({ kind: "list", q: find.trim() || undefined });
  return (
    <Select
      showSearch
      filterOption={false}
      aria-label={t.list}
      placeholder={t.choose}
      loading={pages.isPending}
      onSearch={setFind}
      value={value}
      onChange={onChange}
      options={pages.items?.map((one) => ({ value: one.id, label: one.name }))}
    />
  );
}

function PutOnListForm({ onChange }: FormProps) {
  const t = useText(bulkWords);
  const [fresh, setFresh] = useState(false);
  const [id, setId] = useState<number>();
  const [name, setName] = useState("");

  function tell(anew: boolean, number: number | undefined, said: string): void {
    setFresh(anew);
    setId(number);
    setName(said);
    if (anew) onChange(said.trim() ? { kind: "list_add", name: said.trim() } : null);
    else onChange(number === undefined ? null : { kind: "list_add", audience_id: number });
  }

  return (
    <>
      <Form.Item>
        <Radio.Group
          value={fresh}
          onChange={(event) => tell(event.target.value, id, name)}
          options={[
            { value: false, label: t.known },
            { value: true, label: t.fresh },
          ]}
        />
      </Form.Item>
      {fresh ? (
        <Form.Item label={t.listName}>
          <Input
            aria-label={t.listName}
            maxLength={60}
            value={name}
            onChange={(event) => tell(true, id, event.target.value)}
          />
        </Form.Item>
      ) : (
        <Form.Item label={t.list}>
          <ListSelect value={id} onChange={(number) => tell(false, number, name)} />
        </Form.Item>
      )}
    </>
  );
}

function TakeOffListForm({ onChange }: FormProps) {
  const t = useText(bulkWords);
  const [id, setId] = useState<number>();
  return (
    <Form.Item label={t.list}>
      <ListSelect
        value={id}
        onChange={(audience_id) => {
          setId(audience_id);
          onChange({ kind: "list_remove", audience_id });
        }}
      />
    </Form.Item>
  );
}

/** What is asked for each act. */
export const ACT_FORMS: Record<ActKind, (props: FormProps) => ReactElement> = {
  stage: StageForm,
  field: FieldForm,
  list_add: PutOnListForm,
  list_remove: TakeOffListForm,
};
