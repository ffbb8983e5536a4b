import { PlusOutlined } from "@ant-design/icons";
import type { LiveCode } from "@kit/api/types.ts";
import { FilterBar, FilterChip } from "@kit/desk/list/FilterBar.tsx";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { numberOf } from "@kit/desk/list/numbers.ts";
import { useFilters } from "@kit/desk/list/useFilters.ts";
import { usePages } from "@kit/desk/list/usePages.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { PageHead } from "@kit/desk/PageHead.tsx";
import { PersonStack } from "@kit/desk/PersonStack.tsx";
import { Known } from "@kit/desk/SourceLabel.tsx";
import { EmptyState } from "@kit/desk/states.tsx";
import { TagList } from "@kit/desk/TagList.tsx";
import { Term } from "@kit/desk/Term.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { useMay } from "@kit/session/session.ts";
import { Button } from "antd";
import { Link, useNavigate } from "react-router";
import { MAY } from "../../../permissions.ts";
import { useChannelOptions } from "../../channels/hooks/useChannels.ts";
import { listLiveCodes } from "../api.ts";
import { LIVE_CODES_KEY, useLiveCodeNews } from "../hooks/useLiveCodes.ts";
import { CodeState } from "./CodeState.tsx";

const words = defineMessages({
  zh: {
    title: "员工活码",
    add: "新建活码",
    empty: "还没有活码",
    emptyText:
      "一张二维码，多位员工轮流接待：客户扫码后自动收到欢迎语、打上标签、算进渠道。印到包裹卡或海报上，换人不用重印。",
    find: "活码名称",
    channel: "渠道",
    name: "活码",
    staff: "接待员工",
    tags: "自动标签",
    state: "状态",
    friends: "累计好友",
    friendsMeans:
      "从一开始到现在，经这张活码成为好友的关系数：同一位客户与一位员工只计一次，重复添加、后来流失的都在内，接入时已有来源的也在内。看板的「新增好友」只计所选时间内的首次添加。",
    lost: "首日流失",
    lostMeans: "添加后 24 小时内结束、至今没有重新添加的好友关系数，不论由谁结束。",
    notCounted: "不可得：统计引擎暂时答不上来，恢复后会自动显示",
    created: "创建时间",
  },
  en: {
    title: "Live codes",
    add: "New live code",
    empty: "No live codes yet",
    emptyText:
      "One QR, many staff: who scans it gets a welcome, tags and a channel by itself. Print it once; change the people behind it any time.",
    find: "Name",
    channel: "Channel",
    name: "Live code",
    staff: "Staff",
    tags: "Tags",
    state: "State",
    friends: "Friends ever",
    friendsMeans:
      "Friendships that ever began through this code: each customer and staff account once, lost ones and those known before siyu was connected included. “Added” on the dashboard counts first adds within a period.",
    lost: "Lost on day one",
    lostMeans:
      "Friendships that ended within 24 hours, whoever ended them, and did not begin again.",
    notCounted: "Not available: the analytics engine does not answer at present",
    created: "Created",
  },
});

export function LiveCodesPage() {
  const t = useText(words);
  const navigate = useNavigate();
  const mayWrite = useMay()(MAY.writeLiveCodes);
  const filters = useFilters(["q", "channel"] as const);
  const channels = useChannelOptions();
  const pages = usePages([...LIVE_CODES_KEY, "list", filters.values], (cursor) =>
    listLiveCodes({ q: filters.values.q, channel: numberOf(filters.values.channel), cursor }),
  );
  useLiveCodeNews();
  const add = mayWrite && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate("new")}>
      {t.add}
    </Button>
  );
  return (
    <>
      <PageHead title={t.title} actions={add} />
      <FilterBar
        search={{
          value: filters.values.q,
          placeholder: t.find,
          onChange: (q) => filters.change({ q }),
        }}
        filtered={filters.filtered}
        onClear={filters.clear}
      >
        {channels && (
          <FilterChip
            name={t.channel}
            value={filters.values.channel}
            options={channels}
            onChange={(channel) => filters.change({ channel })}
          />
        )}
      </FilterBar>
      <ListTable<LiveCode>
        pages={pages}
        rowKey={(code) => code.id}
        filtered={filters.filtered}
        onClearFilters={filters.clear}
        onOpen={(code) => navigate(String(code.id))}
        empty={
          <EmptyState title={t.empty} action={add}>
            {t.emptyText}
          </EmptyState>
        }
        columns={[
          {
            title: t.name,
            render: (_, code) => (
              <>
                <Link to={String(code.id)}>{code.name}</Link>
                <div style={{ fontSize: 12, color: "var(--ink-faint)" }}>{code.channel.name}</div>
              </>
            ),
          },
          { title: t.state, render: (_, code) => <CodeState state={code.state} /> },
          { title: t.staff, render: (_, code) => <PersonStack people={code.staff} /> },
          { title: t.tags, render: (_, code) => <TagList tags={code.tags} /> },
          {
            title: <Term means={t.friendsMeans}>{t.friends}</Term>,
            align: "right",
            render: (_, code) => <Known count={code.friends_ever} why={t.notCounted} />,
          },
          {
            title: <Term means={t.lostMeans}>{t.lost}</Term>,
            align: "right",
            render: (_, code) => <Known count={code.lost_first_day} why={t.notCounted} />,
          },
          { title: t.created, render: (_, code) => <Moment at={code.created_at} /> },
        ]}
      />
    </>
  );
}
