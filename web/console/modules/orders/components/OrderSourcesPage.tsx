import { PlusOutlined } from "@ant-design/icons";
import type { OrderSource, OrderSourceMade } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { usePages } from "@kit/desk/list/usePages.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead, Section } from "@kit/desk/PageHead.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button } from "antd";
import { useState } from "react";
import { listOrderSources } from "../api.ts";
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
    key: "Key",
    orders: "订单数",
    last: "最近订单",
    created: "创建",
    sample: "怎么推送",
  },
  en: {
    title: "Order sources",
    note: "Your shop or ERP posts signed orders to siyu. When the touch id from the link comes back with the order, attribution is exact.",
    add: "New source",
    empty: "No sources yet",
    emptyText: "Make one for each system that takes orders, then post as in the example below.",
    name: "Name",
    key: "Key",
    orders: "Orders",
    last: "Latest order",
    created: "Created",
    sample: "How to post",
  },
});

export function OrderSourcesPage() {
  const t = useText(words);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<OrderSourceMade | null>(null);
  const pages = usePages(["order-sources"], () => listOrderSources());
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t.add}
    </Button>
  );
  return (
    <>
      <PageHead title={t.title} note={t.note} actions={add} />
      <ListTable<OrderSource>
        pages={pages}
        rowKey={(source) => source.id}
        empty={
          <EmptyState title={t.empty} action={add}>
            {t.emptyText}
          </EmptyState>
        }
        columns={[
          { title: t.name, dataIndex: "name" },
          { title: t.key, render: (_, source) => <code>{source.key}</code> },
          { title: t.orders, align: "right", render: (_, one) => formatCount(one.order_count) },
          { title: t.last, render: (_, source) => <Moment at={source.last_order_at} /> },
          { title: t.created, render: (_, source) => <Moment at={source.created_at} /> },
        ]}
      />
      <div style={{ height: 16 }} />
      <Section title={t.sample}>
        <SignedSample />
      </Section>
      {adding && <OrderSourceForm onClose={() => setAdding(false)} onMade={setMade} />}
      {made && <SecretOnce source={made} onClose={() => setMade(null)} />}
    </>
  );
}
