import type { Group } from "@kit/api/types.ts";
import { Moment } from "@kit/desk/Moment.tsx";
import { Section } from "@kit/desk/PageHead.tsx";
import { Reading } from "@kit/desk/states.tsx";
import { formatCount } from "@kit/format/numbers.ts";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Descriptions, Drawer, Tabs, Tag } from "antd";
import { useGroup } from "../useGroups.ts";
import { GROUP_COLOURS, groupWords } from "../words.ts";
import { Members } from "./Members.tsx";

const words = defineMessages({
  zh: {
    owner: "群主",
    admins: "管理员",
    notice: "群公告",
    members: (all: string, customers: string) => `${all} 人，其中客户 ${customers} 人`,
    size: "成员",
    created: "建群时间",
    dismissed: "解散时间",
    read: "更新于",
    none: "无",
    waiting: "尚未读取",
    present: "在群里",
    past: "离开的",
  },
  en: {
    owner: "Owner",
    admins: "Admins",
    notice: "Notice",
    members: (all, customers) => `${all}, of them ${customers} customers`,
    size: "Members",
    created: "Created",
    dismissed: "Dismissed",
    read: "As of",
    none: "None",
    waiting: "Not read yet",
    present: "In the group",
    past: "Gone",
  },
});

function Head({ group }: { group: Group }) {
  const t = useText(words);
  const names = useText(groupWords);
  const { members, customers } = group;
  const counted = members !== null && customers !== null;
  return (
    <Section
      title={
        <>
          {group.name || names.unnamed}{" "}
          <Tag color={GROUP_COLOURS[group.state]}>{names.states[group.state]}</Tag>
        </>
      }
    >
      <Descriptions column={1} size="small">
        <Descriptions.Item label={t.owner}>{group.owner?.name ?? names.noOwner}</Descriptions.Item>
        <Descriptions.Item label={t.admins}>
          {group.admins.map((one) => one.name).join("、") || t.none}
        </Descriptions.Item>
        <Descriptions.Item label={t.size}>
          {counted ? t.members(formatCount(members), formatCount(customers)) : t.waiting}
        </Descriptions.Item>
        <Descriptions.Item label={t.notice}>{group.notice || t.none}</Descriptions.Item>
        <Descriptions.Item label={t.created}>
          <Moment at={group.created_at} />
        </Descriptions.Item>
        {group.dismissed_at && (
          <Descriptions.Item label={t.dismissed}>
            <Moment at={group.dismissed_at} />
          </Descriptions.Item>
        )}
        {group.read_at && (
          <Descriptions.Item label={t.read}>
            <Moment at={group.read_at} />
          </Descriptions.Item>
        )}
      </Descriptions>
    </Section>
  );
}

/** A group in short, and everybody who is or was in it. */
export function GroupDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useText(words);
  const names = useText(groupWords);
  const group = useGroup(id);
  return (
    <Drawer
      open
      width={640}
      onClose={onClose}
      title={names.groups}
      styles={{ body: { background: "var(--paper)", padding: 16 } }}
    >
      <Reading query={group}>
        {(found) => (
          <>
            <Head group={found} />
            <Section>
              <Tabs
                items={[
                  { key: "present", label: t.present, children: <Members id={id} past={false} /> },
                  { key: "past", label: t.past, children: <Members id={id} past /> },
                ]}
              />
            </Section>
          </>
        )}
      </Reading>
    </Drawer>
  );
}
