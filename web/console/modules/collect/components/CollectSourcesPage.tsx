import { PlusOutlined } from "@ant-design/icons";
import type { CollectSource } from "@kit/api/types.ts";
import { CopyField } from "@kit/desk/CopyField.tsx";
import { DeskTable } from "@kit/desk/list/DeskTable.tsx";
import listStyles from "@kit/desk/list/list.module.css";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Tag } from "antd";
import { useState } from "react";
import { MAY } from "../../../permissions.ts";
import { useCollectSourceActs, useCollectSources } from "../hooks/useCollectSources.ts";
import { collectWords } from "../words.ts";
import { CollectSourceForm } from "./CollectSourceForm.tsx";

function Turn({ source }: { source: CollectSource }) {
  const t = useText(collectWords);
  const ask = useConfirm();
  const { turn } = useCollectSourceActs();
  const { id, name, enabled } = source;
  const act = () =>
    enabled
      ? ask({
          title: t.disableTitle(name),
          body: t.disableText,
          action: t.disable,
          run: () => turn.mutateAsync({ id, enabled: false }),
        })
      : turn.mutate({ id, enabled: true });
  return (
    <Button type="link" size="small" onClick={act}>
      {enabled ? t.disable : t.enable}
    </Button>
  );
}

/** Web pages and apps of the enterprise's own that may report what happens on them. */
export function CollectSourcesPage() {
  const t = useText(collectWords);
  const mayWrite = useMay()(MAY.writeSettings);
  const [adding, setAdding] = useState(false);
  const sources = useCollectSources();
  const add = mayWrite && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t.add}
    </Button>
  );
  return (
    <>
      <PageHead title={t.title} note={t.note} actions={add} />
      <Reading query={sources}>
        {(found) => (
          <div className={listStyles.panel}>
            {found.length === 0 ? (
              <EmptyState title={t.empty} action={add}>
                {t.emptyText}
              </EmptyState>
            ) : (
              <DeskTable<CollectSource>
                rowKey="id"
                size="middle"
                pagination={false}
                dataSource={found}
                columns={[
                  { title: t.name, dataIndex: "name" },
                  { title: "Key", render: (_, { write_key }) => <code>{write_key}</code> },
                  {
                    title: t.origins,
                    render: (_, { origins }) =>
                      origins.length
                        ? origins.map((one) => <div key={one}>{one}</div>)
                        : t.anywhere,
                  },
                  {
                    title: t.snippet,
                    width: 320,
                    render: (_, { snippet }) => <CopyField value={snippet} label={t.snippet} />,
                  },
                  {
                    title: t.state,
                    render: (_, { enabled }) => (
                      <Tag color={enabled ? "success" : "default"}>{enabled ? t.on : t.off}</Tag>
                    ),
                  },
                  { title: t.created, render: (_, { created_at }) => <Moment at={created_at} /> },
                  {
                    key: "act",
                    align: "right",
                    render: (_, source) => mayWrite && <Turn source={source} />,
                  },
                ]}
              />
            )}
          </div>
        )}
      </Reading>
      {adding && <CollectSourceForm onClose={() => setAdding(false)} />}
    </>
  );
}
