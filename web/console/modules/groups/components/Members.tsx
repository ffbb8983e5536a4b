import type { GroupMember } from "@kit/api/types.ts";
import { ListTable } from "@kit/desk/list/ListTable.tsx";
import { Moment } from "@kit/desk/Moment.tsx";
import { Person } from "@kit/desk/Person.tsx";
import { defineMessages, useText } from "@kit/i18n/messages.ts";
import { Tag } from "antd";
import { Link } from "react-router";
import { useMembers } from "../useGroups.ts";
import { groupWords } from "../words.ts";

const words = defineMessages({
  zh: {
    name: "成员",
    way: "进群方式",
    joined: "进群时间",
    left: "离开",
    staff: "员工",
    owner: "群主",
    by: (name: string) => `${name} 邀请`,
    stranger: "未知成员",
    empty: "这里没有人",
  },
  en: {
    name: "Member",
    way: "Came by",
    joined: "Joined",
    left: "Left",
    staff: "Staff",
    owner: "Owner",
    by: (name) => `invited by ${name}`,
    stranger: "Unknown member",
    empty: "Nobody here",
  },
});

function Name({ member }: { member: GroupMember }) {
  const t = useText(words);
  const person = (
    <Person
      name={member.name || t.stranger}
      url={member.avatar_url}
      note={member.nickname ?? undefined}
    />
  );
  return (
    <>
      {member.customer_id === null ? (
        person
      ) : (
        <Link to={`/people/customers/${member.customer_id}`}>{person}</Link>
      )}{" "}
      {member.kind === "staff" && <Tag>{member.owner ? t.owner : t.staff}</Tag>}
    </>
  );
}

/** Who is in a group, or who was: the latest to join first. */
export function Members({ id, past }: { id: number; past: boolean }) {
  const t = useText(words);
  const names = useText(groupWords);
  const pages = useMembers(id, past);
  return (
    <ListTable<GroupMember>
      pages={pages}
      rowKey={(member) => member.id}
      empty={<p style={{ padding: 16, color: "var(--ink-faint)" }}>{t.empty}</p>}
      columns={[
        { title: t.name, render: (_, one) => <Name member={one} /> },
        {
          title: t.way,
          render: (_, one) => (one.invitor ? t.by(one.invitor) : names.scenes[one.scene]),
        },
        { title: t.joined, render: (_, one) => <Moment at={one.joined_at} /> },
        ...(past
          ? [
              {
                title: t.left,
                render: (_: unknown, one: GroupMember) => (
                  <>
                    {one.quit && names.quits[one.quit]} <Moment at={one.left_at} />
                  </>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
