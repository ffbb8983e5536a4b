import { useFormProblem } from "@kit/desk/useFormProblem.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import type { UseMutationResult } from "@tanstack/react-query";
import { Button, Form, type FormInstance, Space } from "antd";
import { type ReactNode, useState } from "react";
import { MAY } from "../../../permissions.ts";
import { connectionWords } from "../words.ts";
import styles from "./Connection.module.css";
import { Fact } from "./StepFrame.tsx";

type StepFormProps<T extends object> = {
  name: string;
  /** Whether something is kept already: then it is shown until somebody wants to change it. */
  kept: boolean;
  /** What is kept, by name; secrets are never among it. */
  facts: Record<string, ReactNode>;
  initial: Partial<T>;
  /** Where in WeCom's own console these values are found. */
  where: string;
  act: UseMutationResult<void, Error, T>;
  children: (form: FormInstance<T>) => ReactNode;
};

/** A step of the wizard in which values are entered: kept ones shown, new ones asked for. */
export function StepForm<T extends object>(props: StepFormProps<T>) {
  const { name, kept, facts, initial, where, act, children } = props;
  const t = useText(connectionWords);
  const mayWrite = useMay()(MAY.writeSettings);
  const [editing, setEditing] = useState(false);
  const [form] = Form.useForm<T>();
  const showProblem = useFormProblem(form);

  if (!mayWrite || (kept && !editing)) {
    return (
      <div className={styles.fields}>
        {Object.entries(facts).map(([fact, value]) => (
          <Fact key={fact} name={fact}>
            {value ?? "—"}
          </Fact>
        ))}
        {mayWrite && (
          <div>
            <Button size="small" onClick={() => setEditing(true)}>
              {t.change}
            </Button>
          </div>
        )}
      </div>
    );
  }
  return (
    <Form<T>
      name={name}
      form={form}
      layout="vertical"
      initialValues={initial}
      onFinish={(values) =>
        act.mutate(values, { onSuccess: () => setEditing(false), onError: showProblem })
      }
    >
      <p className={styles.where}>{where}</p>
      {children(form)}
      <Space>
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {t.save}
        </Button>
        {editing && <Button onClick={() => setEditing(false)}>{t.cancel}</Button>}
      </Space>
    </Form>
  );
}
