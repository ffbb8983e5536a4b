import { DownOutlined, EllipsisOutlined, PlusOutlined, SyncOutlined } from "@ant-design/icons";
import type { TagGroup, TagKind } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { App, Button, Dropdown, Input, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { MAY } from "../../../permissions.ts";
import { useLibraryActs, useSyncTags, useTags } from "../hooks/useTags.ts";
import { tagWords } from "../words.ts";
import styles from "./Library.module.css";
import { NewTagsModal } from "./NewTagsModal.tsx";
import { type Renamed, RenameModal } from "./RenameModal.tsx";

const words = defineMessages({
  zh: {
    sync: "从企业微信同步",
    syncing: "已开始同步，进度见右上角的任务盘。",
    find: "查找标签",
    none: "没有符合的标签",
    empty: "还没有标签",
    emptyText: "新建标签，或把企业微信里已有的企业标签同步过来。",
    count: (count: string) => `${count} 个标签`,
    create: "新建标签",
    addTo: "在这一组新建标签",
    rename: "改名",
    up: "前移",
    down: "后移",
    deleteTag: (name: string) => `删除标签「${name}」？`,
    deleteGroup: (name: string) => `删除标签组「${name}」和其中所有标签？`,
    gone: "客户身上的这个标签会一并移除，企业微信里也会删除，不能恢复。",
    goneInternal: "客户身上的这个标签会一并移除，不能恢复。",
    counted: "人数统计于",
    read: "与企业微信核对于",
    more: (name: string) => `「${name}」的更多操作`,
  },
  en: {
    sync: "Sync from WeCom",
    syncing: "Synchronising; see the task tray for its progress.",
    find: "Find tags",
    none: "No such tag",
    empty: "No tags yet",
    emptyText: "Make some, or synchronise the corp tags that WeCom has.",
    count: (count) => `${count} tags`,
    create: "New tags",
    addTo: "New tags in this group",
    rename: "Rename",
    up: "Move forward",
    down: "Move back",
    deleteTag: (name) => `Delete the tag “${name}”?`,
    deleteGroup: (name) => `Delete the group “${name}” with all its tags?`,
    gone: "Customers lose it, and WeCom as well; this cannot be undone.",
    goneInternal: "Customers lose it; this cannot be undone.",
    counted: "Counted",
    read: "Compared with WeCom",
    more: (name) => `More about “${name}”`,
  },
});

type NewIn = { kind: TagKind; group: TagGroup | null };

/** The same ids with the one at `place` moved by `step`; nothing when it is at the edge. */
function moved(ids: number[], place: number, step: number): number[] | null {
  const to = place + step;
  if (to < 0 || to >= ids.length) return null;
  const next = [...ids];
  next.splice(to, 0, ...next.splice(place, 1));
  return next;
}

export function Library() {
  const t = useText(words);
  const names = useText(tagWords);
  const { message } = App.useApp();
  const may = useMay()(MAY.writeTags);
  const library = useTags();
  const sync = useSyncTags();
  const acts = useLibraryActs();
  const confirm = useConfirm();
  const [find, setFind] = useState("");
  const [adding, setAdding] = useState<NewIn | null>(null);
  const [renaming, setRenaming] = useState<Renamed | null>(null);

  function order(group_id: number | null, ids: number[] | null) {
    if (ids) acts.order.mutate({ group_id, ids });
  }

  function remove(group: TagGroup, tag?: TagGroup["tags"][number]) {
    const item = tag ?? group;
    confirm({
      title: tag ? t.deleteTag(tag.name) : t.deleteGroup(group.name),
      body: group.source === "wecom" ? t.gone : t.goneInternal,
      action: names.delete,
      people: tag?.customers ?? undefined,
      run: () => acts.remove.mutateAsync({ id: item.id, group: !tag }),
    });
  }

  const buttons = may && (
    <span style={{ display: "flex", gap: 8 }}>
      <Button
        icon={<SyncOutlined />}
        loading={sync.isPending}
        onClick={() => sync.mutate(undefined, { onSuccess: () => message.success(t.syncing) })}
      >
        {t.sync}
      </Button>
      <Dropdown
        menu={{
          items: (["wecom", "internal"] as const).map((kind) => ({
            key: kind,
            label: names.kinds[kind],
            onClick: () => setAdding({ kind, group: null }),
          })),
        }}
      >
        <Button type="primary" icon={<PlusOutlined />}>
          {t.create} <DownOutlined />
        </Button>
      </Dropdown>
    </span>
  );

  return (
    <Section>
      <Reading query={library}>
        {({ items, counted_at, wecom_read_at }) => {
          const wanted = find.trim().toLowerCase();
          const shown = items
            .map((group) => ({
              ...group,
              shown: group.name.toLowerCase().includes(wanted)
                ? group.tags
                : group.tags.filter((tag) => tag.name.toLowerCase().includes(wanted)),
            }))
            .filter((group) => !wanted || group.shown.length > 0);
          if (items.length === 0) {
            return (
              <EmptyState title={t.empty} action={buttons}>
                {t.emptyText}
              </EmptyState>
            );
          }
          return (
            <>
              <div className={styles.bar}>
                <Input.Search
                  allowClear
                  placeholder={t.find}
                  style={{ width: 220 }}
                  onChange={(event) => setFind(event.target.value)}
                />
                {buttons}
              </div>
              <div className={styles.bar}>
                <small>
                  {counted_at && (
                    <>
                      {t.counted} <Moment at={counted_at} />
                    </>
                  )}
                  {wecom_read_at && (
                    <>
                      {" · "}
                      {t.read} <Moment at={wecom_read_at} />
                    </>
                  )}
                </small>
              </div>
              {shown.length === 0 && <p>{t.none}</p>}
              {shown.map((group, place) => (
                <div key={group.id} className={styles.group}>
                  <div className={styles.name}>
                    {group.name}{" "}
                    {may && (
                      <Dropdown
                        trigger={["click"]}
                        menu={{
                          items: [
                            {
                              key: "add",
                              label: t.addTo,
                              onClick: () => setAdding({ kind: group.source, group }),
                            },
                            {
                              key: "rename",
                              label: t.rename,
                              onClick: () =>
                                setRenaming({ id: group.id, group: true, name: group.name }),
                            },
                            ...([-1, 1] as const).map((step) => ({
                              key: `move${step}`,
                              label: step < 0 ? t.up : t.down,
                              disabled: wanted !== "",
                              onClick: () =>
                                order(
                                  null,
                                  moved(
                                    items.map((one) => one.id),
                                    place,
                                    step,
                                  ),
                                ),
                            })),
                            {
                              key: "delete",
                              label: names.delete,
                              danger: true,
                              onClick: () => remove(group),
                            },
                          ],
                        }}
                      >
                        <Button
                          type="text"
                          size="small"
                          icon={<EllipsisOutlined />}
                          aria-label={t.more(group.name)}
                        />
                      </Dropdown>
                    )}
                    <small>
                      <Tag
                        bordered={false}
                        color={group.source === "internal" ? "gold" : "success"}
                      >
                        {names.kinds[group.source]}
                      </Tag>
                      {t.count(formatCount(group.tags.length))}
                    </small>
                  </div>
                  <div className={styles.tags}>
                    {group.shown.map((tag) => {
                      const ids = group.tags.map((one) => one.id);
                      return (
                        <span key={tag.id} className={styles.tag}>
                          <Link to={`/people/customers?tag=${tag.id}`}>{tag.name}</Link>
                          <span>{tag.customers === null ? "—" : formatCount(tag.customers)}</span>
                          {may && (
                            <Dropdown
                              trigger={["click"]}
                              menu={{
                                items: [
                                  {
                                    key: "rename",
                                    label: t.rename,
                                    onClick: () =>
                                      setRenaming({ id: tag.id, group: false, name: tag.name }),
                                  },
                                  ...([-1, 1] as const).map((step) => ({
                                    key: `move${step}`,
                                    label: step < 0 ? t.up : t.down,
                                    onClick: () =>
                                      order(group.id, moved(ids, ids.indexOf(tag.id), step)),
                                  })),
                                  {
                                    key: "delete",
                                    label: names.delete,
                                    danger: true,
                                    onClick: () => remove(group, tag),
                                  },
                                ],
                              }}
                            >
                              <button type="button" aria-label={t.more(tag.name)}>
                                <EllipsisOutlined />
                              </button>
                            </Dropdown>
                          )}
                        </span>
                      );
                    })}
                  </div>
                </div>
              ))}
            </>
          );
        }}
      </Reading>
      {adding && <NewTagsModal {...adding} onClose={() => setAdding(null)} />}
      {renaming && <RenameModal item={renaming} onClose={() => setRenaming(null)} />}
    </Section>
  );
}
