import { PlusOutlined } from "@ant-design/icons";
import type { CustomField } from "@kit/api/types.ts";
import { DeskTable } from "@kit/desk/list/DeskTable.tsx";
import { PageHead, Section } from "@kit/desk/PageHead.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Tag } from "antd";
import { useState } from "react";
import { roleWords } from "../../staff/words.ts";
import { useFieldActs, useFields } from "../hooks/useFields.ts";
import { fieldWords } from "../words.ts";
import { FieldForm } from "./FieldForm.tsx";
import { OrderButtons } from "./OrderButtons.tsx";
import { StagesSection } from "./StagesSection.tsx";

function FieldsTable({ fields, onEdit }: { fields: CustomField[]; onEdit: (id: number) => void }) {
  const t = useText(fieldWords);
  const { roles } = useText(roleWords);
  const ask = useConfirm();
  const { change, order } = useFieldActs();
  const ids = fields.filter((field) => !field.gone).map((field) => field.id);
  const remove = ({ id, name }: CustomField) =>
    ask({
      title: t.removeTitle(name),
      body: t.removeField,
      action: t.remove,
      run: () => change.mutateAsync({ id, gone: true }),
    });
  return (
    <DeskTable<CustomField>
      rowKey="id"
      size="middle"
      pagination={false}
      dataSource={fields}
      columns={[
        {
          title: t.name,
          render: (_, field) => (
            <>
              {field.name} {field.gone && <Tag>{t.gone}</Tag>}
            </>
          ),
        },
        { title: t.key, render: (_, field) => <code>{field.key}</code> },
        { title: t.kind, render: (_, field) => t.kinds[field.kind] },
        {
          title: t.options,
          render: (_, field) =>
            field.options
              .filter((option) => !option.gone)
              .map((option) => option.name)
              .join("、") || "—",
        },
        {
          title: t.visible,
          render: (_, field) =>
            field.visible_to.map((role) => roles[role].name).join("、") || t.everybody,
        },
        {
          key: "act",
          align: "right",
          render: (_, field) =>
            field.gone ? (
              <Button
                type="link"
                size="small"
                onClick={() => change.mutate({ id: field.id, gone: false })}
              >
                {t.restore}
              </Button>
            ) : (
              <>
                <OrderButtons
                  id={field.id}
                  ids={ids}
                  busy={order.isPending}
                  onOrder={order.mutate}
                />
                <Button type="link" size="small" onClick={() => onEdit(field.id)}>
                  {t.edit}
                </Button>
                <Button type="link" size="small" danger onClick={() => remove(field)}>
                  {t.remove}
                </Button>
              </>
            ),
        },
      ]}
    />
  );
}

/** Custom fields and stages: what an enterprise notes of its customers. */
export function FieldsPage() {
  const t = useText(fieldWords);
  const fields = useFields();
  const [editing, setEditing] = useState<number | "new" | null>(null);
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing("new")}>
      {t.addField}
    </Button>
  );
  return (
    <>
      <PageHead title={t.title} note={t.note} />
      <Section title={t.fields} extra={add}>
        <Reading query={fields}>
          {(found) =>
            found.length === 0 ? (
              <EmptyState title={t.noFields}>{t.noFieldsText}</EmptyState>
            ) : (
              <FieldsTable fields={found} onEdit={setEditing} />
            )
          }
        </Reading>
      </Section>
      <StagesSection />
      {editing !== null && (
        <FieldForm
          field={fields.data?.find((field) => field.id === editing)}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}
