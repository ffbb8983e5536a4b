import { PlusOutlined } from "@ant-design/icons";
import type { Channel } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { usePages } from "@kit/desk/list/usePages.ts";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { Known, SourceLabel } from "@kit/desk/SourceLabel.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { Term } from "@kit/desk/Term.tsx";
import { formatCount, formatMoney, formatRate } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button, Space, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { MAY } from "../../../permissions.ts";
import { listChannels } from "../api.ts";
import { CHANNELS_KEY } from "../hooks/useChannels.ts";
import { channelWords } from "../words.ts";
import { ChannelForm } from "./ChannelForm.tsx";
import { ExposureForm } from "./ExposureForm.tsx";

const words = defineMessages({
  zh: {
    title: "渠道分析",
    note: "客户从哪里来、留下多少、买了多少。把活码归到渠道，数字就会自己算出来。",
    add: "新建渠道",
    empty: "还没有渠道",
    emptyText: "渠道就是客户的来处，例如“十一月包裹卡”“万象城门店”。建好渠道后，在活码里选上它。",
    name: "渠道",
    exposed: "曝光",
    exposedMeans: "印出的卡片、贴出的海报等，由您录入；没有录入就不显示数字。",
    notCounted: "不可得：统计引擎暂时答不上来，恢复后会自动显示",
    notEntered: "未录入：还没有录入这个渠道的曝光数",
    friends: "累计好友",
    friendsMeans:
      "从一开始到现在，经这个渠道成为好友的关系数：同一位客户与一位员工只计一次，重复添加、后来流失的都在内，接入时已有来源的也在内。看板的「新增好友」只计所选时间内的首次添加。",
    rate: "加粉率",
    rateMeans: "累计好友 ÷ 曝光。",
    churn: "首日流失",
    churnMeans: "添加后 24 小时内结束、至今没有重新添加的好友关系 ÷ 累计好友，不论由谁结束。",
    orders: "订单",
    gmv: "成交额",
    noOrders: "未接入：请在「订单接入」中创建订单来源并推送订单",
    roi: "投入产出",
    roiMeans: "归因到渠道的成交额 ÷ 录入的成本。",
    enter: "录入曝光",
    edit: "编辑",
  },
  en: {
    title: "Channels",
    note: "Where customers come from, how many stay and what they buy. Put codes into channels and the figures follow.",
    add: "New channel",
    empty: "No channels yet",
    emptyText:
      "A channel is where customers come from, such as a parcel card or a store. Choose it in a live code.",
    name: "Channel",
    exposed: "Exposed",
    exposedMeans: "Cards printed, posters put up: entered by you. Nothing is shown until then.",
    notCounted: "Not available: the analytics engine does not answer at present",
    notEntered: "Not entered: no exposure has been entered for this channel",
    friends: "Friends ever",
    friendsMeans:
      "Friendships that ever began through this channel: each customer and staff account once, lost ones and those known before siyu was connected included. “Added” on the dashboard counts first adds within a period.",
    rate: "Add rate",
    rateMeans: "Friends ever ÷ exposed.",
    churn: "First-day churn",
    churnMeans:
      "Friendships that ended within 24 hours, whoever ended them, and did not begin again ÷ friends ever.",
    orders: "Orders",
    gmv: "GMV",
    noOrders: "Not connected: no orders are connected yet",
    roi: "ROI",
    roiMeans: "GMV attributed to the channel ÷ cost entered.",
    enter: "Enter exposure",
    edit: "Edit",
  },
});

type Editing = { kind: "channel"; channel?: Channel } | { kind: "exposure"; channel: Channel };

export function ChannelsPage() {
  const t = useText(words);
  const { kinds } = useText(channelWords);
  const mayWrite = useMay()(MAY.writeChannels);
  const [editing, setEditing] = useState<Editing | null>(null);
  const pages = usePages(CHANNELS_KEY, (cursor) => listChannels({ cursor }));
  const add = mayWrite && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing({ kind: "channel" })}>
      {t.add}
    </Button>
  );
  const columns: TableColumnsType<Channel> = [
    {
      title: t.name,
      render: (_, channel) => (
        <>
          {channel.name}
          <div style={{ fontSize: 12, color: "var(--ink-faint)" }}>
            {[kinds[channel.kind], channel.note].filter(Boolean).join(" · ")}
          </div>
        </>
      ),
    },
    {
      title: <Term means={t.exposedMeans}>{t.exposed}</Term>,
      align: "right",
      render: (_, { exposed }) =>
        exposed === null ? <SourceLabel why={t.notEntered} /> : formatCount(exposed),
    },
    {
      title: <Term means={t.friendsMeans}>{t.friends}</Term>,
      align: "right",
      render: (_, { id, friends_ever }) => (
        <Link to={`/people/customers?channel=${id}`}>
          <Known count={friends_ever} why={t.notCounted} />
        </Link>
      ),
    },
    {
      title: <Term means={t.rateMeans}>{t.rate}</Term>,
      align: "right",
      render: (_, { exposed, friends_ever }) =>
        exposed && friends_ever !== null ? formatRate(friends_ever / exposed) : "—",
    },
    {
      title: <Term means={t.churnMeans}>{t.churn}</Term>,
      align: "right",
      render: (_, { id, lost_first_day, friends_ever }) =>
        friends_ever && lost_first_day !== null ? (
          <Link to={`/people/churn?channel=${id}&first_day=yes`}>
            {formatRate(lost_first_day / friends_ever)}
          </Link>
        ) : (
          "—"
        ),
    },
    {
      title: t.orders,
      align: "right",
      render: (_, { id, orders }) =>
        orders === null ? (
          <SourceLabel why={t.noOrders} />
        ) : (
          <Link to={`/conversion/orders?channel=${id}`}>{formatCount(orders)}</Link>
        ),
    },
    {
      title: t.gmv,
      align: "right",
      render: (_, { gmv_fen }) =>
        gmv_fen === null ? <SourceLabel why={t.noOrders} /> : formatMoney(gmv_fen),
    },
    {
      title: <Term means={t.roiMeans}>{t.roi}</Term>,
      align: "right",
      render: (_, { gmv_fen, cost_fen }) =>
        gmv_fen !== null && cost_fen ? (gmv_fen / cost_fen).toFixed(1) : "—",
    },
  ];
  if (mayWrite) {
    columns.push({
      key: "act",
      align: "right",
      render: (_, channel) => (
        <Space size={0}>
          <Button
            type="link"
            size="small"
            onClick={() => setEditing({ kind: "exposure", channel })}
          >
            {t.enter}
          </Button>
          <Button type="link" size="small" onClick={() => setEditing({ kind: "channel", channel })}>
            {t.edit}
          </Button>
        </Space>
      ),
    });
  }
  return (
    <>
      <PageHead title={t.title} note={t.note} actions={add} />
      <ListTable<Channel>
        pages={pages}
        rowKey={(channel) => channel.id}
        columns={columns}
        empty={
          <EmptyState title={t.empty} action={add}>
            {t.emptyText}
          </EmptyState>
        }
      />
      {editing?.kind === "channel" && (
        <ChannelForm channel={editing.channel} onClose={() => setEditing(null)} />
      )}
      {editing?.kind === "exposure" && (
        <ExposureForm channel={editing.channel} onClose={() => setEditing(null)} />
      )}
    </>
  );
}
