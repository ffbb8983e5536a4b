import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import type { CustomField, NewCustomField } from "@kit/api/types.ts";
import { focusOnceShown } from "@kit/desk/focusOnceShown.ts";
import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Form, Input, Modal, Select } from "antd";
import { roleWords } from "../../staff/words.ts";
import { useFieldActs } from "../hooks/useFields.ts";
import { fieldWords } from "../words.ts";

const KINDS = ["text", "number", "date", "choice", "choices", "flag"] as const;
const ROLES = ["staff", "manager", "planner", "admin"] as const;
const KEY = /^[a-z][a-z0-9_]{0,39}$/;

function Options() {
  const t = useText(fieldWords);
  return (
    <Form.List name="options">
      {(rows, { add, remove }) => (
        <Form.Item label={t.options} required>
          {rows.map(({ key, name }) => (
            <div key={key} style={{ display: "flex", gap: 8 }}>
              <Form.Item name={[name, "id"]} hidden>
                <Input />
              </Form.Item>
              <Form.Item
                name={[name, "name"]}
                style={{ flex: 1, marginBottom: 8 }}
                rules={[{ required: true, whitespace: true, message: t.optionNeeded }]}
              >
                <Input maxLength={30} placeholder={t.option} aria-label={t.option} />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t.remove}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Button type="dashed" block icon={<PlusOutlined />} onClick={() => add({ name: "" })}>
            {t.addOption}
          </Button>
        </Form.Item>
      )}
    </Form.List>
  );
}

/** Makes a field, or changes the one that is given. */
export function FieldForm({ field, onClose }: { field?: CustomField; onClose: () => void }) {
  const t = useText(fieldWords);
  const { roles } = useText(roleWords);
  const [form] = Form.useForm<NewCustomField>();
  const showProblem = useFormProblem(form);
  const { make, change } = useFieldActs();
  const kind = Form.useWatch("kind", form) ?? field?.kind;
  const chosen = kind === "choice" || kind === "choices";
  const settled = { onSuccess: onClose, onError: showProblem };
  const save = ({ key, options = [], kind: wanted, ...rest }: NewCustomField) => {
    const said = { ...rest, options: chosen ? options : [] };
    if (field) change.mutate({ id: field.id, ...said }, settled);
    else make.mutate({ ...said, kind: wanted, ...(key ? { key } : {}) }, settled);
  };
  return (
    <Modal
      open
      width={480}
      title={field ? t.editField : t.addField}
      okText={t.save}
      onCancel={onClose}
      onOk={form.submit}
      confirmLoading={make.isPending || change.isPending}
    >
      <Form<NewCustomField>
        name="custom-field"
        form={form}
        layout="vertical"
        initialValues={
          field
            ? { ...field, options: field.options.filter((option) => !option.gone) }
            : { kind: "text", options: [{ name: "" }], visible_to: [], hint: "" }
        }
        onFinish={save}
      >
        <Form.Item
          name="name"
          label={t.name}
          rules={[{ required: true, whitespace: true, message: t.nameNeeded }]}
        >
          <Input ref={focusOnceShown} maxLength={30} />
        </Form.Item>
        <Form.Item name="kind" label={t.kind} extra={t.kindStays}>
          <Select
            disabled={field !== undefined}
            options={KINDS.map((value) => ({ value, label: t.kinds[value] }))}
          />
        </Form.Item>
        {chosen && <Options />}
        {!field && (
          <Form.Item
            name="key"
            label={t.key}
            extra={t.keyMeans}
            rules={[{ pattern: KEY, message: t.keyRule }]}
          >
            <Input maxLength={40} />
          </Form.Item>
        )}
        <Form.Item name="hint" label={t.hint}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="visible_to" label={t.visible} extra={t.visibleMeans}>
          <Select
            mode="multiple"
            placeholder={t.everybody}
            options={ROLES.map((value) => ({ value, label: roles[value].name }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
