import { PlusOutlined } from "@ant-design/icons";
import type { OrderSource, OrderSourceWithSecret } from "@kit/api/types.ts";
import { DeskTable } from "@kit/desk/list/DeskTable.tsx";
import listStyles from "@kit/desk/list/list.module.css";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead, Section } from "@kit/desk/PageHead.tsx";
import { EmptyState, Reading } from "@kit/desk/states.tsx";
import { useConfirm } from "@kit/desk/useConfirm.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Space, Tag } from "antd";
import { useState } from "react";
import { MAY } from "../../../permissions.ts";
import { useOrderSourceActs, useOrderSources } from "../hooks/useOrderSources.ts";
import { OrderSourceForm } from "./OrderSourceForm.tsx";
import { SecretOnce } from "./SecretOnce.tsx";
import { SignedSample } from "./SignedSample.tsx";

const words = defineMessages({
  zh: {
    title: "订单接入",
    note: "商城、ERP 等系统通过签名接口把订单推给 siyu。分享链接里带出的触达编号随订单传回，归因就是精确的。",
    add: "新建接入",
    empty: "还没有接入",
    emptyText: "为每个下单系统建一个接入，拿到密钥后按下方示例推送订单。",
    name: "名称",
    state: "状态",
    on: "接收中",
    off: "已停用",
    last: "最近订单",
    created: "创建",
    rotated: "更换密钥",
    sample: "怎么推送",
    rotate: "更换密钥",
    rotateTitle: (name: string) => `更换“${name}”的密钥？`,
    rotateText: "旧密钥立即失效，商城换上新密钥之前推送的订单会被拒绝。",
    disable: "停用",
    disableTitle: (name: string) => `停用“${name}”？`,
    disableText: "停用后这个系统推送的订单会被拒绝，可以随时重新启用。",
    enable: "启用",
  },
  en: {
    title: "Order sources",
    note: "Your shop or ERP posts signed orders to siyu. When the touch id from the link comes back with the order, attribution is exact.",
    add: "New source",
    empty: "No sources yet",
    emptyText: "Make one for each system that takes orders, then post as in the example below.",
    name: "Name",
    state: "State",
    on: "Taking orders",
    off: "Off",
    last: "Latest order",
    created: "Created",
    rotated: "Secret changed",
    sample: "How to post",
    rotate: "New secret",
    rotateTitle: (name) => `A new secret for ${name}?`,
    rotateText: "The old one dies at once; orders are refused until the shop uses the new one.",
    disable: "Turn off",
    disableTitle: (name) => `Turn off ${name}?`,
    disableText: "Orders from this system are refused until it is turned on again.",
    enable: "Turn on",
  },
});

type RowActsProps = { source: OrderSource; onSecret: (made: OrderSourceWithSecret) => void };

function RowActs({ source, onSecret }: RowActsProps) {
  const t = useText(words);
  const ask = useConfirm();
  const { rotate, turn } = useOrderSourceActs();
  return (
    <Space size={0}>
      <Button
        type="link"
        size="small"
        onClick={() =>
          ask({
            title: t.rotateTitle(source.name),
            body: t.rotateText,
            action: t.rotate,
            run: () => rotate.mutateAsync(source.id).then(onSecret),
          })
        }
      >
        {t.rotate}
      </Button>
      {source.enabled ? (
        <Button
          type="link"
          size="small"
          onClick={() =>
            ask({
              title: t.disableTitle(source.name),
              body: t.disableText,
              action: t.disable,
              run: () => turn.mutateAsync({ id: source.id, enabled: false }),
            })
          }
        >
          {t.disable}
        </Button>
      ) : (
        <Button
          type="link"
          size="small"
          onClick={() => turn.mutate({ id: source.id, enabled: true })}
        >
          {t.enable}
        </Button>
      )}
    </Space>
  );
}

export function OrderSourcesPage() {
  const t = useText(words);
  const mayWrite = useMay()(MAY.writeSettings);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<OrderSourceWithSecret | null>(null);
  const sources = useOrderSources();
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
          <div className={listStyles.panel} style={{ marginBottom: 16 }}>
            {found.length === 0 ? (
              <EmptyState title={t.empty} action={add}>
                {t.emptyText}
              </EmptyState>
            ) : (
              <DeskTable<OrderSource>
                rowKey="id"
                size="middle"
                pagination={false}
                dataSource={found}
                columns={[
                  { title: t.name, dataIndex: "name" },
                  { title: "Key", render: (_, source) => <code>{source.key}</code> },
                  {
                    title: t.state,
                    render: (_, { enabled }) => (
                      <Tag color={enabled ? "success" : "default"}>{enabled ? t.on : t.off}</Tag>
                    ),
                  },
                  { title: t.last, render: (_, source) => <Moment at={source.last_order_at} /> },
                  { title: t.created, render: (_, source) => <Moment at={source.created_at} /> },
                  { title: t.rotated, render: (_, source) => <Moment at={source.rotated_at} /> },
                  {
                    key: "act",
                    align: "right",
                    render: (_, source) =>
                      mayWrite && <RowActs source={source} onSecret={setMade} />,
                  },
                ]}
              />
            )}
          </div>
        )}
      </Reading>
      <Section title={t.sample}>
        <SignedSample url={sources.data?.[0]?.orders_url ?? `${location.origin}/open/v1/orders`} />
      </Section>
      {adding && <OrderSourceForm onClose={() => setAdding(false)} onMade={setMade} />}
      {made && <SecretOnce source={made} onClose={() => setMade(null)} />}
    </>
  );
}
