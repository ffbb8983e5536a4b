import { sentenceOf } from "@kit/api/problem.ts";
import { formatCount } from "@kit/format/numbers.ts";
import { formatMoment } from "@kit/format/time.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Alert, App, Form, Input, Modal } from "antd";
import { useState } from "react";
import type { Act, Selection } from "../api.ts";
import { useAct } from "../hooks/useCustomers.ts";
import { ACT_FORMS, type ActKind } from "./ActForms.tsx";
import { bulkWords } from "./bulkWords.ts";

type Props = {
  kind: ActKind;
  selection: Selection;
  onClose: () => void;
  /** It began, or is done already. */
  onStarted: () => void;
};

/** Does one thing with everybody chosen: says whom it reaches, and wants the number when many. */
export function ActModal({ kind, selection, onClose, onStarted }: Props) {
  const t = useText(bulkWords);
  const { message } = App.useApp();
  const [act, setAct] = useState<Act | null>(null);
  const [typed, setTyped] = useState("");
  const begin = useAct();
  const expected = String(selection.people);
  const many = selection.people > selection.confirm_above;
  const ready = act !== null && selection.people > 0 && (!many || typed.trim() === expected);
  const Fields = ACT_FORMS[kind];

  function start(): void {
    if (!act || begin.isPending) return;
    begin.mutate(
      { selection, act },
      {
        onSuccess: ({ done, changed }) => {
          message.success(done ? t.done(formatCount(changed)) : t.started);
          onStarted();
          onClose();
        },
      },
    );
  }

  return (
    <Modal
      open
      title={t.acts[kind]}
      okText={t.acts[kind]}
      cancelText={t.cancel}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={begin.isPending}
      onCancel={onClose}
      onOk={start}
    >
      <Form layout="vertical">
        <Fields
          onChange={(next) => {
            begin.reset();
            setAct(next);
          }}
        />
      </Form>
      <Alert
        type={many || selection.people === 0 ? "warning" : "info"}
        message={selection.people ? t.people(formatCount(selection.people)) : t.nobody}
        description={
          selection.people > 0 && (
            <>
              {t.asOf(formatMoment(selection.as_of))}
              {many && (
                <>
                  <br />
                  {t.background}
                </>
              )}
            </>
          )
        }
      />
      {many && (
        <Input
          style={{ marginTop: 12 }}
          inputMode="numeric"
          aria-label={t.type(expected)}
          placeholder={t.type(expected)}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {begin.error && (
        <Alert type="error" showIcon style={{ marginTop: 12 }} message={sentenceOf(begin.error)} />
      )}
    </Modal>
  );
}
