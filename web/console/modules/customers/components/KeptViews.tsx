import { DownOutlined } from "@ant-design/icons";
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
  opened: KeptView | undefined;
  onOpen: (view: KeptView) => void;
};

/** Kept lists: opened, kept under a name, changed, removed. */
export function KeptViews({ values, columns, opened, onOpen }: Props) {
  const t = useText(listWords);
  const { message } = App.useApp();
  const confirm = useConfirm();
  const views = useKeptViews();
  const { keep, change, remove } = useViewActs();
  const [naming, setNaming] = useState<"new" | "opened" | null>(null);
  const mine = opened?.mine ? opened : undefined;

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

  function ask(about: "new" | "opened"): void {
    keep.reset();
    change.reset();
    setNaming(about);
  }

  function save(name: string, shared: boolean): void {
    const onSuccess = (view: KeptView) => {
      if (naming === "new") onOpen(view);
      setNaming(null);
      message.success(t.saved);
    };
    if (naming === "opened" && mine) {
      const { id, filters, rule, columns: kept } = mine;
      change.mutate({ id, body: { filters, rule, columns: kept, name, shared } }, { onSuccess });
    } else {
      keep.mutate(draft(name, shared), { onSuccess });
    }
  }

  const deeds = mine
    ? [
        {
          key: "overwrite",
          label: t.overwrite(mine.name),
          onClick: () =>
            change.mutate(
              { id: mine.id, body: draft(mine.name, mine.shared) },
              { onSuccess: () => message.success(t.saved) },
            ),
        },
        { key: "rename", label: t.rename, onClick: () => ask("opened") },
        {
          key: "remove",
          danger: true,
          label: t.removeView(mine.name),
          onClick: () =>
            confirm({
              title: t.removeAsk(mine.name),
              body: mine.shared ? t.removeShared : undefined,
              action: t.remove,
              run: () => remove.mutateAsync(mine.id),
            }),
        },
      ]
    : [];
  return (
    <>
      <Dropdown
        trigger={["click"]}
        placement="bottomRight"
        menu={{
          style: { maxHeight: "60vh", maxWidth: "calc(100vw - 24px)", overflowY: "auto" },
          selectedKeys: opened ? [String(opened.id)] : [],
          items: [
            ...(views.data ?? []).map((view) => ({
              key: String(view.id),
              label: view.name,
              extra: view.mine ? view.shared && t.sharedByMe : t.shared(view.by ?? ""),
              onClick: () => onOpen(view),
            })),
            ...(views.data?.length === 0
              ? [{ key: "none", label: t.noViews, disabled: true }]
              : []),
            { type: "divider" as const, key: "line" },
            { key: "keep", label: t.keep, onClick: () => ask("new") },
            ...deeds,
          ],
        }}
      >
        <Button>
          {opened?.name ?? t.views} <DownOutlined />
        </Button>
      </Dropdown>
      {naming && (
        <NameModal
          title={naming === "new" ? t.keep : t.rename}
          label={t.viewName}
          most={40}
          sharing
          before={naming === "opened" ? mine : undefined}
          failure={naming === "new" ? keep.error : change.error}
          saving={keep.isPending || change.isPending}
          onSave={save}
          onClose={() => setNaming(null)}
        />
      )}
    </>
  );
}
