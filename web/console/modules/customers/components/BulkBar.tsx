import { sentenceOf } from "@kit/api/problem.ts";
import { formatCount } from "@kit/format/numbers.ts";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Alert, Button, Modal, Space, Spin } from "antd";
import { type ReactNode, useState } from "react";
import { MAY } from "../../../permissions.ts";
import { ExportForm } from "../../exchange/components/ExportForm.tsx";
import { MarkManyModal } from "../../tags/components/MarkManyModal.tsx";
import type { Selection, SelectionDraft } from "../api.ts";
import { useSelection } from "../hooks/useCustomers.ts";
import type { ActKind } from "./ActForms.tsx";
import { ActModal } from "./ActModal.tsx";
import { bulkWords } from "./bulkWords.ts";
import styles from "./Customer.module.css";

type Props = {
  /** Whom: those ticked, or everybody the list shows. */
  wanted: SelectionDraft;
  /** How many that is, as far as it is known. */
  people: number | undefined;
  whole: boolean;
  /** Offers everybody the list shows, where there are more than are ticked. */
  onWhole?: () => void;
  /** How many that would be. */
  total: number | undefined;
  onDone: () => void;
};

type Open = { what: ActKind | "mark" | "export"; key: string };

/** What can be done with the customers that are chosen. */
export function BulkBar({ wanted, people, whole, onWhole, total, onDone }: Props) {
  const t = useText(bulkWords);
  const may = useMay();
  const [open, setOpen] = useState<Open | null>(null);
  const begin = (what: Open["what"]) => setOpen({ what, key: crypto.randomUUID() });
  const close = () => setOpen(null);
  const acts: ActKind[] = [
    ...(may(MAY.writeCustomers) ? (["stage", "field"] as const) : []),
    ...(may(MAY.writeAudiences) ? (["list_add", "list_remove"] as const) : []),
  ];
  const count = people === undefined ? undefined : formatCount(people);
  const told = whole
    ? count === undefined
      ? t.everybodyChosen
      : t.wholeChosen(count)
    : t.chosen(count ?? "");
  return (
    <div className={styles.bulk} role="toolbar" aria-label={told}>
      <strong aria-live="polite">{told}</strong>
      {onWhole && (
        <Button type="link" size="small" onClick={onWhole}>
          {total === undefined ? t.chooseEverybody : t.chooseWhole(formatCount(total))}
        </Button>
      )}
      {may(MAY.writeTags) && <Button onClick={() => begin("mark")}>{t.mark}</Button>}
      {acts.map((kind) => (
        <Button key={kind} onClick={() => begin(kind)}>
          {t.acts[kind]}
        </Button>
      ))}
      {may(MAY.exportCustomers) && <Button onClick={() => begin("export")}>{t.export}</Button>}
      <Button type="link" onClick={onDone}>
        {t.unchoose}
      </Button>
      {open && (
        <Frozen key={open.key} name={open.key} wanted={wanted} onClose={close}>
          {(selection) => {
            const shared = { onClose: close, onStarted: onDone };
            if (open.what === "mark") {
              const target = { kind: "selection", selection_id: selection.id } as const;
              return <MarkManyModal target={target} people={selection.people} {...shared} />;
            }
            if (open.what === "export") return <ExportForm selection={selection.id} {...shared} />;
            return <ActModal kind={open.what} selection={selection} {...shared} />;
          }}
        </Frozen>
      )}
    </div>
  );
}

type FrozenProps = {
  name: string;
  wanted: SelectionDraft;
  onClose: () => void;
  children: (selection: Selection) => ReactNode;
};

/** Freezes who is chosen, then goes on with them. */
function Frozen({ name, wanted, onClose, children }: FrozenProps) {
  const t = useText(bulkWords);
  const selection = useSelection(name, wanted);
  if (selection.data) return children(selection.data);
  return (
    <Modal
      open
      footer={
        selection.error && (
          <Button type="primary" onClick={() => selection.refetch()}>
            {t.retry}
          </Button>
        )
      }
      onCancel={onClose}
    >
      {selection.error ? (
        <Alert type="error" showIcon message={sentenceOf(selection.error)} />
      ) : (
        <Space>
          <Spin size="small" />
          {t.counting}
        </Space>
      )}
    </Modal>
  );
}
