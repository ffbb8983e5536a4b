import type { Stage } from "@kit/api/types.ts";
import { Section } from "@kit/desk/PageHead.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { Term } from "@kit/desk/Term.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { Button, Input, Tag, Typography } from "antd";
import { useState } from "react";
import { useStageActs, useStages } from "../hooks/useFields.ts";
import { fieldWords } from "../words.ts";
import { OrderButtons } from "./OrderButtons.tsx";

const MOST_CHARS = 20;

function Row({ stage, ids }: { stage: Stage; ids: number[] }) {
  const t = useText(fieldWords);
  const ask = useConfirm();
  const { change, order } = useStageActs();
  const { id, name, gone } = stage;
  const rename = (wanted: string) => {
    const said = wanted.trim();
    if (said && said !== name) change.mutate({ id, name: said });
  };
  const remove = () =>
    ask({
      title: t.removeTitle(name),
      body: t.removeStage,
      action: t.remove,
      run: () => change.mutateAsync({ id, gone: true }),
    });
  return (
    <div style={{ display: "flex", gap: 8, alignItems: "center", padding: "6px 0" }}>
      <div style={{ flex: 1, minWidth: 0 }}>
        {gone ? (
          <>
            <Typography.Text type="secondary">{name}</Typography.Text> <Tag>{t.gone}</Tag>
          </>
        ) : (
          <Typography.Text
            editable={{ onChange: rename, maxLength: MOST_CHARS, tooltip: t.edit, text: name }}
          >
            {name}
          </Typography.Text>
        )}
      </div>
      {gone ? (
        <Button type="link" size="small" onClick={() => change.mutate({ id, gone: false })}>
          {t.restore}
        </Button>
      ) : (
        <>
          <OrderButtons id={id} ids={ids} busy={order.isPending} onOrder={order.mutate} />
          <Button type="link" size="small" danger onClick={remove}>
            {t.remove}
          </Button>
        </>
      )}
    </div>
  );
}

function AddStage() {
  const t = useText(fieldWords);
  const { make } = useStageActs();
  const [name, setName] = useState("");
  const add = () => {
    const said = name.trim();
    if (said) make.mutate(said, { onSuccess: () => setName("") });
  };
  return (
    <div style={{ display: "flex", gap: 8, marginTop: 8 }}>
      <Input
        value={name}
        maxLength={MOST_CHARS}
        aria-label={t.addStage}
        placeholder={t.addStage}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={add}
      />
      <Button disabled={!name.trim()} loading={make.isPending} onClick={add}>
        {t.addStage}
      </Button>
    </div>
  );
}

/** The stages customers go through, in their order. */
export function StagesSection() {
  const t = useText(fieldWords);
  const stages = useStages();
  const { usual } = useStageActs();
  return (
    <Section title={<Term means={t.stagesMean}>{t.stages}</Term>}>
      <Reading query={stages}>
        {(found) => {
          const ids = found.filter((stage) => !stage.gone).map((stage) => stage.id);
          return (
            <>
              {found.length === 0 && (
                <EmptyState
                  title={t.noStages}
                  action={
                    <Button type="primary" loading={usual.isPending} onClick={() => usual.mutate()}>
                      {t.usual}
                    </Button>
                  }
                >
                  {t.noStagesText}
                </EmptyState>
              )}
              <div style={{ maxWidth: 560, margin: found.length === 0 ? "0 auto" : undefined }}>
                {found.map((stage) => (
                  <Row key={stage.id} stage={stage} ids={ids} />
                ))}
                <AddStage />
              </div>
            </>
          );
        }}
      </Reading>
    </Section>
  );
}
