import { EditOutlined } from "@ant-design/icons";
import { sentenceOf } from "@kit/api/problem.ts";
import type { CustomField, FieldInput } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Tooltip } from "antd";
import { useEffect, useRef, useState } from "react";
import { MAY } from "../../../permissions.ts";
import { ValueInput } from "../../fields/components/ValueInput.tsx";
import { useFields, useNoting, useValues } from "../../fields/hooks/useFields.ts";
import { shownValue } from "../../fields/value.ts";
import { fieldWords } from "../../fields/words.ts";
import styles from "./Customer.module.css";

const words = defineMessages({
  zh: {
    title: "客户资料",
    edit: (name: string) => `编辑${name}`,
    by: "填写于",
  },
  en: { title: "Profile", edit: (name) => `Edit ${name}`, by: "noted" },
});

function Editor({
  id,
  field,
  value,
  onClose,
}: {
  id: number;
  field: CustomField;
  value: FieldInput;
  onClose: () => void;
}) {
  const t = useText(fieldWords);
  const [said, setSaid] = useState(value);
  const { note } = useNoting(id);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  return (
    <form
      ref={form}
      style={{ display: "grid", gap: 6, paddingBottom: 8 }}
      onSubmit={(event) => {
        event.preventDefault();
        note.mutate({ [field.id]: said }, { onSuccess: onClose });
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
        // It must not close the drawer that this may stand in as well.
        event.stopPropagation();
        onClose();
      }}
    >
      <ValueInput field={field} value={said} onChange={setSaid} />
      {note.error && (
        <span role="alert" style={{ color: "var(--attention)", fontSize: 12 }}>
          {sentenceOf(note.error)}
        </span>
      )}
      <div style={{ display: "flex", gap: 8 }}>
        <Button size="small" type="primary" htmlType="submit" loading={note.isPending}>
          {t.save}
        </Button>
        <Button size="small" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
    </form>
  );
}

/** What was noted of a customer in the enterprise's own fields, edited where it stands. */
export function Fields({ id }: { id: number }) {
  const t = useText(words);
  const names = useText(fieldWords);
  const may = useMay()(MAY.noteCustomers);
  const fields = useFields();
  const values = useValues(id);
  const [editing, setEditing] = useState<number | null>(null);
  /** The field that was edited last: whoever did so by keyboard goes on from there. */
  const [edited, setEdited] = useState<number | null>(null);
  const living = fields.data?.filter((field) => !field.gone) ?? [];
  if (fields.data && living.length === 0) return null;
  return (
    <Section title={t.title}>
      <Reading query={values}>
        {(found) => (
          <dl className={styles.facts}>
            {living.map((field) => {
              const noted = found.find((one) => one.field_id === field.id);
              const shown = shownValue(field, noted?.value, names);
              return (
                <div key={field.id} style={{ display: "contents" }}>
                  <dt>{field.name}</dt>
                  <dd>
                    {editing === field.id ? (
                      <Editor
                        id={id}
                        field={field}
                        value={noted?.value ?? null}
                        onClose={() => {
                          setEditing(null);
                          setEdited(field.id);
                        }}
                      />
                    ) : (
                      <>
                        <Tooltip
                          title={
                            noted && (
                              <>
                                {noted.by} {t.by} <Moment at={noted.set_at} />
                              </>
                            )
                          }
                        >
                          <span className={shown ? undefined : styles.when}>
                            {shown || names.unset}
                          </span>
                        </Tooltip>
                        {may && (
                          <Button
                            type="text"
                            size="small"
                            icon={<EditOutlined />}
                            autoFocus={edited === field.id}
                            aria-label={t.edit(field.name)}
                            onClick={() => setEditing(field.id)}
                          />
                        )}
                      </>
                    )}
                  </dd>
                </div>
              );
            })}
          </dl>
        )}
      </Reading>
    </Section>
  );
}
