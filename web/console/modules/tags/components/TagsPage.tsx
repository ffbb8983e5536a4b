import { SyncOutlined } from "@ant-design/icons";
import { PageHead, Section } from "@kit/desk/PageHead.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { App, Button } from "antd";
import { Link } from "react-router";
import { MAY } from "../../../permissions.ts";
import { useSyncTags, useTags } from "../hooks/useTags.ts";
import styles from "./TagsPage.module.css";

const words = defineMessages({
  zh: {
    title: "标签",
    note: "与企业微信的企业标签保持一致：在任何一边修改，另一边都会跟上。点标签可以看到有它的客户。",
    sync: "从企业微信同步",
    syncing: "已开始同步，进度见右上角的任务盘。",
    empty: "还没有标签",
    emptyText: "在企业微信里建好企业标签后，点“从企业微信同步”。",
    count: (count: string) => `${count} 个标签`,
  },
  en: {
    title: "Tags",
    note: "Kept equal with WeCom's corp tags: what changes on one side follows on the other. Click a tag for its customers.",
    sync: "Sync from WeCom",
    syncing: "Synchronising; see the task tray for its progress.",
    empty: "No tags yet",
    emptyText: "Make corp tags in WeCom, then synchronise.",
    count: (count) => `${count} tags`,
  },
});

export function TagsPage() {
  const t = useText(words);
  const { message } = App.useApp();
  const maySync = useMay()(MAY.writeTags);
  const tags = useTags();
  const sync = useSyncTags();
  const button = maySync && (
    <Button
      icon={<SyncOutlined />}
      loading={sync.isPending}
      onClick={() => sync.mutate(undefined, { onSuccess: () => message.success(t.syncing) })}
    >
      {t.sync}
    </Button>
  );
  return (
    <>
      <PageHead title={t.title} note={t.note} actions={button} />
      <Section>
        <Reading query={tags}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={t.empty} action={button}>
                {t.emptyText}
              </EmptyState>
            ) : (
              items.map((group) => (
                <div key={group.id} className={styles.group}>
                  <div className={styles.name}>
                    {group.name}
                    <small>{t.count(formatCount(group.tags.length))}</small>
                  </div>
                  <div className={styles.tags}>
                    {group.tags.map((tag) => (
                      <Link
                        key={tag.id}
                        to={`/people/customers?tag=${tag.id}`}
                        className={styles.tag}
                      >
                        {tag.name}
                        <span>{formatCount(tag.customers)}</span>
                      </Link>
                    ))}
                  </div>
                </div>
              ))
            )
          }
        </Reading>
      </Section>
    </>
  );
}
