"""Who is and was in a customer group.

A stay is known by who and since when. One that a callback ended is over for good: a picture that
still shows it is older than the callback. One that ended because a picture lacked it comes back
when a later picture has it again: WeCom's pictures settle some seconds after the event. One that
ended with its group goes on untold when the group proves to be there: its end was not told either.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import and_, func, or_, select

from siyu.channels.wecom.endpoints import groups as wecom
from siyu.core.context import Context, News
from siyu.core.db import insert_many
from siyu.facts.groups import GroupMemberJoined, GroupMemberLeft
from siyu.people.groups.heads import owner_of
from siyu.people.groups.models import GroupChat, GroupMember
from siyu.people.identity.identities import EXTERNAL, customers_of
from siyu.people.identity.phones import mask_phones
from siyu.people.models import Identity

QUIT_SCENES: Final[Mapping[int, Literal["left", "removed"]]] = {0: "left", 1: "removed"}
"""How WeCom numbers ways to go (doc 92130); others are unknown."""
_TOLD: Final = "unknown"
_REVOCABLE: Final = frozenset({_TOLD, "dismissed"})

Key = tuple[int | None, str | None]
"""Who: an identity, or a userid."""


class Listed(NamedTuple):
    """A member as WeCom shows it."""

    key: Key
    joined_at: datetime
    shown: wecom.GroupMember


def listed(picture: wecom.GroupChat, people: Mapping[str, Identity]) -> dict[Key, Listed]:
    """Return the members of a picture by who they are; of people, those given."""
    found = {}
    for member in picture.member_list:
        staff = member.type == wecom.STAFF
        if not staff and member.userid not in people:
            continue
        key: Key = (None, member.userid) if staff else (people[member.userid].id, None)
        joined_at = datetime.fromtimestamp(member.join_time, UTC)
        found[key] = Listed(key, joined_at, member)
    return found


async def bring_up(
    ctx: Context,
    group: GroupChat,
    shown: Mapping[Key, Listed],
    read_at: datetime,
    *,
    settled: bool,
) -> None:
    """Bring the stays of a locked group up to a picture of it, and tell the changes.

    While a picture is not settled, nobody is taken for gone because it lacks them.
    """
    stays = await _stays(ctx, group, {item.joined_at for item in shown.values()})
    known = {(_key(stay), stay.joined_at): stay for stay in stays}
    ended: list[GroupMember] = []
    came: list[GroupMember] = []
    for stay in stays:
        now = shown.get(_key(stay))
        again = now is not None and now.joined_at > stay.joined_at
        if stay.left_at is None and (again or (now is None and settled)):
            stay.left_at = max(stay.joined_at, now.joined_at if now else read_at)
            stay.quit = "unknown"
            ended.append(stay)
    present = {_key(stay) for stay in stays if stay.left_at is None}
    fresh = []
    for item in shown.values():
        same = known.get((item.key, item.joined_at))
        if item.key not in present and same is not None and same.quit in _REVOCABLE:
            if same.quit == _TOLD:
                came.append(same)
            same.left_at = same.quit = None
        elif item.key not in present and same is None:
            fresh.append(_row(ctx, group, item))
        if same is not None:
            same.nickname = mask_phones(item.shown.group_nickname)
    await ctx.session.flush()
    if fresh:
        made = insert_many(GroupMember, fresh).returning(GroupMember)
        came += (await ctx.session.scalars(made)).all()
    await _tell(ctx, group, came, ended)
    await count(ctx, group)


async def end(
    ctx: Context, group: GroupChat, members: Collection[str], at: datetime, scene: int
) -> None:
    """End the stays of members (as a callback names them) of a locked group."""
    people = await ctx.session.scalars(
        select(Identity.id).where(
            Identity.tenant_id == ctx.tenant_id,
            Identity.kind == EXTERNAL,
            Identity.scope == "",
            Identity.value.in_(members),
        )
    )
    rows = await ctx.session.scalars(
        select(GroupMember).where(
            GroupMember.tenant_id == ctx.tenant_id,
            GroupMember.group_id == group.id,
            or_(GroupMember.identity_id.in_(people.all()), GroupMember.userid.in_(members)),
            GroupMember.joined_at <= at,
            # One that was only found to be over gets to know when and how.
            or_(
                GroupMember.left_at.is_(None),
                and_(GroupMember.quit == "unknown", GroupMember.left_at >= at),
            ),
        )
    )
    ended = []
    for stay in rows:
        if stay.left_at is None:
            ended.append(stay)
        stay.left_at, stay.quit = at, QUIT_SCENES.get(scene, "unknown")
    await ctx.session.flush()
    await _tell(ctx, group, [], ended)
    await count(ctx, group)


async def count(ctx: Context, group: GroupChat) -> None:
    """Write how many are in a group."""
    row = await ctx.session.execute(
        select(func.count(), func.count(GroupMember.identity_id)).where(
            GroupMember.tenant_id == ctx.tenant_id,
            GroupMember.group_id == group.id,
            GroupMember.left_at.is_(None),
        )
    )
    group.members, group.customers = row.one()


async def _stays(
    ctx: Context, group: GroupChat, joins: Collection[datetime]
) -> Sequence[GroupMember]:
    """Return the present stays, and past ones that began when a listed one did."""
    rows = await ctx.session.scalars(
        select(GroupMember)
        .where(
            GroupMember.tenant_id == ctx.tenant_id,
            GroupMember.group_id == group.id,
            or_(GroupMember.left_at.is_(None), GroupMember.joined_at.in_(joins)),
        )
        .order_by(GroupMember.id)
    )
    return rows.all()


def _key(stay: GroupMember) -> Key:
    return stay.identity_id, stay.userid


def _row(ctx: Context, group: GroupChat, item: Listed) -> dict[str, Any]:
    identity_id, userid = item.key
    invitor = item.shown.invitor
    return {
        "tenant_id": ctx.tenant_id,
        "group_id": group.id,
        "identity_id": identity_id,
        "userid": userid,
        "joined_at": item.joined_at,
        "join_scene": item.shown.join_scene,
        "invitor_userid": invitor.userid if invitor else "",
        "join_state": item.shown.state,
        "nickname": mask_phones(item.shown.group_nickname),
    }


async def _tell(
    ctx: Context,
    group: GroupChat,
    came: Sequence[GroupMember],
    ended: Sequence[GroupMember],
) -> None:
    people = {stay.identity_id for stay in (*came, *ended) if stay.identity_id is not None}
    customers = await customers_of(ctx, people) if people else {}
    owner_id = await owner_of(ctx, group.owner_userid) if came or ended else None
    left = [_left(group, stay, customers.get(stay.identity_id or 0), owner_id) for stay in ended]
    joined = [_joined(group, stay, customers.get(stay.identity_id or 0), owner_id) for stay in came]
    await ctx.announce_many([*left, *joined])


def _joined(
    group: GroupChat, stay: GroupMember, customer_id: int | None, owner_id: int | None
) -> News:
    fact = GroupMemberJoined(
        group_id=group.id,
        member="staff" if stay.identity_id is None else "customer",
        scene=stay.join_scene,
        customer_id=customer_id,
    )
    return News(fact, stay.identity_id, owner_id, None, stay.joined_at)


def _left(
    group: GroupChat, stay: GroupMember, customer_id: int | None, owner_id: int | None
) -> News:
    left_at = stay.left_at or stay.joined_at
    fact = GroupMemberLeft(
        group_id=group.id,
        member="staff" if stay.identity_id is None else "customer",
        by=stay.quit,  # type: ignore[arg-type]  # the table's check holds it
        stayed_seconds=int((left_at - stay.joined_at).total_seconds()),
        customer_id=customer_id,
    )
    return News(fact, stay.identity_id, owner_id, None, left_at)
