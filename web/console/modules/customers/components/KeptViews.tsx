import { DeleteOutlined, DownOutlined } from "@ant-design/icons";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { type InAddress, type KeptView, ruleIn } from "../api.ts";
import { useKeptViews, useViewActs } from "../hooks/useCustomers.ts";
import type { Column } from "./columns.tsx";
import { listWords } from "./listWords.ts";
import { NameModal } from "./NameModal.tsx";

type Props = {
  values: InAddress;
  columns: readonly Column[];
  onOpen: (view: KeptView) => void;
};

/** Kept lists: opened, kept under a name, removed. */
export function KeptViews({ values, columns, onOpen }: Props) {
  const t = useText(listWords);
  const { message } = App.useApp();
  const confirm = useConfirm();
  const views = useKeptViews();
  const { keep, change, remove } = useViewActs();
  const [naming, setNaming] = useState(false);
  const [opened, setOpened] = useState<KeptView | null>(null);

  function draft(name: string, shared: boolean) {
    const { rule, ...filters } = values;
    return {
      name,
      shared,
      filters: filters as Record<string, string>,
      rule: ruleIn(rule),
      columns: [...columns],
    };
  }

  const done = { onSuccess: () => message.success(t.saved) };
  const current = opened?.mine ? opened : null;
  return (
    <>
      <Dropdown
        trigger={["click"]}
        placement="bottomRight"
        menu={{
          style: { maxHeight: "60vh", maxWidth: "calc(100vw - 24px)", overflowY: "auto" },
          items: [
            ...(views.data ?? []).map((view) => ({
              key: String(view.id),
              label: view.name,
              extra: view.mine ? (
                <DeleteOutlined
                  aria-label={t.removeView(view.name)}
                  onClick={(event) => {
                    event.stopPropagation();
                    confirm({
                      title: t.removeView(view.name),
                      action: t.remove,
                      run: () => remove.mutateAsync(view.id),
                    });
                  }}
                />
              ) : (
                t.shared(view.by ?? "")
              ),
              onClick: () => {
                setOpened(view);
                onOpen(view);
              },
            })),
            ...(views.data?.length === 0
              ? [{ key: "none", label: t.noViews, disabled: true }]
              : []),
            { type: "divider" as const, key: "line" },
            { key: "keep", label: t.keep, onClick: () => setNaming(true) },
            ...(current
              ? [
                  {
                    key: "overwrite",
                    label: t.overwrite(current.name),
                    onClick: () =>
                      change.mutate(
                        { id: current.id, body: draft(current.name, current.shared) },
                        done,
                      ),
                  },
                ]
              : []),
          ],
        }}
      >
        <Button>
          {opened?.name ?? t.views} <DownOutlined />
        </Button>
      </Dropdown>
      {naming && (
        <NameModal
          title={t.keep}
          label={t.viewName}
          most={40}
          sharing
          failure={keep.error}
          saving={keep.isPending}
          onSave={(name, shared) =>
            keep.mutate(draft(name, shared), {
              onSuccess: (view) => {
                setOpened(view);
                setNaming(false);
                message.success(t.saved);
              },
            })
          }
          onClose={() => setNaming(false)}
        />
      )}
    </>
  );
}
