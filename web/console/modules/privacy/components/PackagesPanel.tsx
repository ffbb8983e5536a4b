import { DownloadOutlined } from "@ant-design/icons";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Button, Tag } from "antd";
import { Link } from "react-router";
import type { DataPackage } from "../api.ts";
import { usePackages } from "../hooks.ts";

const words = defineMessages({
  zh: {
    customer: "客户",
    unnamed: "未命名",
    state: "状态",
    ready: "可下载",
    expired: "已过期",
    making: "制作中",
    asked: "申请时间",
    until: "到期",
    fetch: "下载",
    empty: "还没有制作过个人信息副本",
    emptyText: "客户要求查看个人信息时，在客户页的「授权与隐私」里点「导出个人信息」。",
  },
  en: {
    customer: "Customer",
    unnamed: "Unnamed",
    state: "State",
    ready: "Ready",
    expired: "Expired",
    making: "Being made",
    asked: "Asked",
    until: "Expires",
    fetch: "Fetch",
    empty: "No copies yet",
    emptyText: "When a customer wants to see their data, ask for it on the customer's page.",
  },
});

/** Copies of personal data that were asked for. */
export function PackagesPanel() {
  const t = useText(words);
  const pages = usePackages();
  return (
    <ListTable<DataPackage>
      pages={pages}
      rowKey={(one) => one.id}
      empty={<EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
      columns={[
        {
          title: t.customer,
          render: (_, one) => (
            <Link to={`/people/customers/${one.customer_id}`}>
              {one.customer_name || t.unnamed}
            </Link>
          ),
        },
        {
          title: t.state,
          render: (_, one) => {
            if (one.ready) return <Tag color="success">{t.ready}</Tag>;
            return one.expired ? <Tag>{t.expired}</Tag> : <Tag color="processing">{t.making}</Tag>;
          },
        },
        { title: t.asked, render: (_, one) => <Moment at={one.created_at} /> },
        { title: t.until, render: (_, one) => <Moment at={one.expires_at} /> },
        {
          title: "",
          render: (_, one) =>
            one.ready &&
            one.mine && (
              <Button
                size="small"
                icon={<DownloadOutlined />}
                href={`/api/privacy/packages/${one.id}/file`}
              >
                {t.fetch}
              </Button>
            ),
        },
      ]}
    />
  );
}
