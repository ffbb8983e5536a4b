import { sentenceOf } from "@kit/api/problem.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Alert, Button, Form, Input, Modal, Select, Timeline } from "antd";
import { useState } from "react";
import { MAY } from "../../../permissions.ts";
import { useNoting, useStages, useSteps } from "../../fields/hooks/useFields.ts";
import { fieldWords } from "../../fields/words.ts";
import styles from "./Customer.module.css";

const words = defineMessages({
  zh: {
    title: "客户阶段",
    change: "变更阶段",
    to: "新的阶段",
    reason: "原因（选填）",
    none: "不在任何阶段",
    system: "siyu",
  },
  en: {
    title: "Stage",
    change: "Change stage",
    to: "New stage",
    reason: "Reason (optional)",
    none: "In no stage",
    system: "siyu",
  },
});

/** In a select, antd takes null for nothing chosen. */
const NOWHERE = 0;

type Move = { stage: number; reason?: string };

function ChangeStage({ id, now, onClose }: { id: number; now: number; onClose: () => void }) {
  const t = useText(words);
  const names = useText(fieldWords);
  const [form] = Form.useForm<Move>();
  const stages = useStages();
  const { move } = useNoting(id);
  const living = stages.data?.filter((stage) => !stage.gone) ?? [];
  const save = ({ stage, reason = "" }: Move) =>
    move.mutate({ stage: stage === NOWHERE ? null : stage, reason }, { onSuccess: onClose });
  return (
    <Modal
      open
      width={420}
      title={t.change}
      okText={names.save}
      onCancel={onClose}
      onOk={form.submit}
      confirmLoading={move.isPending}
    >
      <Form<Move>
        name="stage"
        form={form}
        layout="vertical"
        initialValues={{ stage: now, reason: "" }}
        onFinish={save}
      >
        {move.error && <Alert type="error" showIcon message={sentenceOf(move.error)} />}
        <Form.Item name="stage" label={t.to}>
          <Select
            options={[
              ...living.map((stage) => ({ value: stage.id, label: stage.name })),
              { value: NOWHERE, label: t.none },
            ]}
          />
        </Form.Item>
        <Form.Item name="reason" label={t.reason}>
          <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Where a customer stands, and through which stages they came. */
export function StagePanel({ id }: { id: number }) {
  const t = useText(words);
  const names = useText(fieldWords);
  const may = useMay()(MAY.noteCustomers);
  const steps = useSteps(id);
  const stages = useStages();
  const [changing, setChanging] = useState(false);
  if (stages.data?.length === 0) return null;
  const now = steps.data?.[0];
  return (
    <Section
      title={t.title}
      extra={
        may &&
        steps.data && (
          <Button size="small" onClick={() => setChanging(true)}>
            {t.change}
          </Button>
        )
      }
    >
      <Reading query={steps}>
        {(found) =>
          found.length === 0 ? (
            <span className={styles.when}>{names.none}</span>
          ) : (
            <Timeline
              style={{ marginTop: 8, marginBottom: -16 }}
              items={found.map((step, place) => ({
                key: `${step.at} ${step.stage_id}`,
                color: place === 0 ? "var(--jade)" : "gray",
                children: (
                  <div className={styles.entry}>
                    {place === 0 ? <strong>{step.stage ?? t.none}</strong> : (step.stage ?? t.none)}{" "}
                    <span className={styles.when}>
                      {step.by ?? t.system} · <Moment at={step.at} />
                    </span>
                    {step.reason && <p>{step.reason}</p>}
                  </div>
                ),
              }))}
            />
          )
        }
      </Reading>
      {changing && (
        <ChangeStage id={id} now={now?.stage_id ?? NOWHERE} onClose={() => setChanging(false)} />
      )}
    </Section>
  );
}
