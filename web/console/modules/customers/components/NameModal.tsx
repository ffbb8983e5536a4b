import { sentenceOf } from "@kit/api/problem.ts";
import { focusOnceShown } from "@kit/desk/focusOnceShown.ts";
import { useText } from "@kit/i18n/messages.ts";
import { Alert, Checkbox, Form, Input, Modal } from "antd";
import { useId, useState } from "react";
import { listWords } from "./listWords.ts";

type Props = {
  title: string;
  label: string;
  note?: string;
  most: number;
  failure: unknown;
  saving: boolean;
  /** Offers to share it, too. */
  sharing?: boolean;
  /** What it is called, and whether it is shared, so far. */
  before?: { name: string; shared: boolean };
  onSave: (name: string, shared: boolean) => void;
  onClose: () => void;
};

/** Asks for a name under which something is saved. */
export function NameModal(props: Props) {
  const t = useText(listWords);
  const [name, setName] = useState(props.before?.name ?? "");
  const [shared, setShared] = useState(props.before?.shared ?? false);
  const id = useId();
  const given = name.trim();
  const save = () => given && props.onSave(given, shared);
  return (
    <Modal
      open
      title={props.title}
      okText={t.save}
      okButtonProps={{ disabled: !given, loading: props.saving }}
      onOk={save}
      onCancel={props.onClose}
    >
      {props.note && <p>{props.note}</p>}
      <Form layout="vertical">
        <Form.Item label={props.label} htmlFor={id}>
          <Input
            id={id}
            ref={focusOnceShown}
            maxLength={props.most}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={save}
          />
        </Form.Item>
        {props.sharing && (
          <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
            {t.shareView}
          </Checkbox>
        )}
      </Form>
      {props.failure != null && <Alert type="error" message={sentenceOf(props.failure)} />}
    </Modal>
  );
}
