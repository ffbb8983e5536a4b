import { App, Input } from "antd";
import type { ReactNode } from "react";
import { formatCount } from "../format/numbers.ts";
import { defineMessages, useText } from "../i18n/messages.ts";

const words = defineMessages({
  zh: {
    reach: (count: string) => `将影响 ${count} 位客户。`,
    type: (count: string) => `请输入人数 ${count} 以确认`,
    cancel: "取消",
  },
  en: {
    reach: (count) => `This reaches ${count} customers.`,
    type: (count) => `Type the number ${count} to confirm`,
    cancel: "Cancel",
  },
});

/** From this many people on, the number has to be typed. */
const TYPED_FROM = 500;

type Ask = {
  title: string;
  body?: ReactNode;
  action: string;
  danger?: boolean;
  /** How many customers it reaches, when it reaches any. */
  people?: number;
  run: () => Promise<unknown>;
};

/** Asks before a far-reaching act: says whom it reaches, and wants the number typed when many. */
export function useConfirm(): (ask: Ask) => void {
  const { modal } = App.useApp();
  const t = useText(words);
  return ({ title, body, action, danger = true, people, run }) => {
    const expected = people !== undefined && people >= TYPED_FROM ? String(people) : null;
    const dialog = modal.confirm({
      title,
      okText: action,
      cancelText: t.cancel,
      okButtonProps: { danger, disabled: expected !== null },
      content: (
        <div style={{ display: "grid", gap: 12 }}>
          {body}
          {people !== undefined && <strong>{t.reach(formatCount(people))}</strong>}
          {expected !== null && (
            <Input
              inputMode="numeric"
              placeholder={t.type(expected)}
              onChange={(event) =>
                dialog.update({
                  okButtonProps: { danger, disabled: event.target.value.trim() !== expected },
                })
              }
            />
          )}
        </div>
      ),
      // The mutation reports its own failure; the dialog just closes.
      onOk: () => run().catch(() => undefined),
    });
  };
}
