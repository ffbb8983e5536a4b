import { useText } from "@kit/i18n/messages.ts";
import { useMutation } from "@tanstack/react-query";
import { type Group, type GroupMember, groups } from "../../api/groups.ts";
import { labelOf, type Who } from "../../stage.ts";
import { Button } from "../../ui/Button.tsx";
import { Sheet } from "../../ui/Sheet.tsx";
import { Portrait, Shown } from "../../ui/states.tsx";
import { tell } from "../../ui/toast.tsx";
import css from "../phone.module.css";
import { Invite } from "./Invite.tsx";
import { Manage } from "./Manage.tsx";
import { useMembers } from "./useGroups.ts";
import { groupWords } from "./words.ts";

function Member({
  member,
  role,
  onRemove,
}: {
  member: GroupMember;
  role: string;
  onRemove?: (() => void) | undefined;
}) {
  const text = useText(groupWords);
  return (
    <li className={css.row}>
      <Portrait src={member.avatar} size={32} />
      <div className={css.grow}>
        <p className={css.line}>{member.name}</p>
        <p className={css.soft}>{role}</p>
      </div>
      {onRemove && (
        <Button
          looks={["small", "danger"]}
          aria-label={`${text.remove} ${member.name}`}
          onClick={onRemove}
        >
          {text.remove}
        </Button>
      )}
    </li>
  );
}

/** What a group is, who is in it, and what its reader may do with it. */
export function GroupSheet({
  group,
  who,
  onClose,
}: {
  group: Group;
  who: Who;
  onClose: () => void;
}) {
  const text = useText(groupWords);
  const me = labelOf(who);
  const userid = who.kind === "s" ? who.userid : "";
  const owns = group.owner === userid;
  const rules = owns || group.admins.includes(userid);
  const members = useMembers(group.chat_id);
  const remove = useMutation({
    mutationFn: (member: GroupMember) => groups.remove(group.chat_id, member.who, userid),
  });
  const leave = useMutation({
    mutationFn: () => groups.leave(group.chat_id, me),
    onSuccess: () => {
      tell(text.left);
      onClose();
    },
  });
  const roleOf = (member: GroupMember) => {
    if (member.who === `s-${group.owner}`) return text.owner;
    if (group.admins.includes(member.who.slice(2))) return text.admin;
    return member.who.startsWith("s-") ? text.staff : text.customer;
  };
  return (
    <Sheet title={`${text.about} · ${group.name}`} onClose={onClose}>
      <p className={css.notice}>{group.notice || text.noNotice}</p>
      <Shown query={members}>
        {(found) => (
          <>
            {rules && <Manage group={group} members={found} owns={owns} onClose={onClose} />}
            {userid && <Invite group={group} userid={userid} members={found} />}
            <ul>
              {found.map((member) => (
                <Member
                  key={member.who}
                  member={member}
                  role={roleOf(member)}
                  onRemove={
                    rules && member.who !== me && member.who !== `s-${group.owner}`
                      ? () => remove.mutate(member)
                      : undefined
                  }
                />
              ))}
            </ul>
          </>
        )}
      </Shown>
      {!owns && (
        <div className={css.menu}>
          <Button looks={["danger"]} disabled={leave.isPending} onClick={() => leave.mutate()}>
            {text.leave}
          </Button>
        </div>
      )}
    </Sheet>
  );
}
