import { sentenceOf } from "@kit/api/problem.ts";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { MAY } from "../../../permissions.ts";
import { useStages } from "../../fields/hooks/useFields.ts";
import { MarkManyModal } from "../../tags/components/MarkManyModal.tsx";
import { moveToStage } from "../api.ts";
import { CUSTOMERS_KEY } from "../hooks/useCustomers.ts";
import { listWords } from "./listWords.ts";

type Props = { ids: number[]; onDone: () => void };

/** What can be done with the customers that are chosen. */
export function BulkBar({ ids, onDone }: Props) {
  const t = useText(listWords);
  const { message } = App.useApp();
  const may = useMay();
  const confirm = useConfirm();
  const client = useQueryClient();
  const stages = useStages();
  const [marking, setMarking] = useState(false);
  const move = useMutation({
    mutationFn: (stage: number | null) => moveToStage(ids, stage),
    onSuccess: ({ changed }) => {
      message.success(t.moved(formatCount(changed)));
      client.invalidateQueries({ queryKey: CUSTOMERS_KEY });
      onDone();
    },
    onError: (failure) => message.error(sentenceOf(failure)),
  });
  const places = [...(stages.data ?? []), { id: null, name: t.noStage }];
  return (
    <div style={{ display: "flex", gap: 8, alignItems: "center", padding: "0 0 12px" }}>
      <strong>{t.chosen(formatCount(ids.length))}</strong>
      {may(MAY.writeTags) && <Button onClick={() => setMarking(true)}>{t.mark}</Button>}
      {may(MAY.writeCustomers) && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: places.map((stage) => ({
              key: String(stage.id),
              label: stage.name,
              onClick: () =>
                confirm({
                  title: t.toStage(stage.name),
                  action: t.move,
                  danger: false,
                  people: ids.length,
                  run: () => move.mutateAsync(stage.id),
                }),
            })),
          }}
        >
          <Button loading={move.isPending}>{t.move}</Button>
        </Dropdown>
      )}
      <Button type="link" onClick={onDone}>
        {t.unchoose}
      </Button>
      {marking && (
        <MarkManyModal
          target={{ kind: "chosen", customer_ids: ids }}
          onClose={() => {
            setMarking(false);
            onDone();
          }}
        />
      )}
    </div>
  );
}
