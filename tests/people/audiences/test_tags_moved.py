"""A tag that comes to another group changes whom rules by groups are about, and they hear of it."""

from sqlalchemy import select, text

from siyu.channels.wecom.endpoints.tags import CorpTag, CorpTagGroup
from siyu.people.audiences import jobs
from siyu.people.kinds import TAGS_MOVED, TagsMoved
from siyu.people.models import Contact, Tag
from siyu.people.rules.language import InAudience, NoneOf, Tags
from siyu.people.tags.mirror import mirror
from siyu.people.tags.service import WECOM, mark_contacts
from tests.people.audiences.crowd import Crowd


def library(*groups: tuple[str, ...]) -> list[CorpTagGroup]:
    return [
        CorpTagGroup(
            group_id=f"g{number}",
            group_name=f"g{number}",
            tag=tuple(CorpTag(id=name, name=name) for name in names),
        )
        for number, names in enumerate(groups)
    ]


async def waiting(crowd: Crowd) -> int:
    async with crowd.world.db.system() as session:
        found = await session.scalar(
            text(
                "select count(*) from queue.pgqueuer where entrypoint = :kind"
                " and dedupe_key like :key"
            ),
            {"kind": TAGS_MOVED.name, "key": f"%:{crowd.tenant_id}:%"},
        )
        return int(found or 0)


async def test_audiences_by_groups_are_built_anew(crowd: Crowd) -> None:
    async with crowd.work() as ctx:
        await mirror(ctx, library(("a", "b"), ("c",)))
        tags = {
            row.wecom_id: row.id
            for row in await ctx.session.execute(select(Tag.wecom_id, Tag.id))
            if row.wecom_id
        }
        contact_id = await ctx.session.scalar(
            select(Contact.id).where(Contact.state == "active").order_by(Contact.id).limit(1)
        )
        await mark_contacts(ctx, [(contact_id, tags["a"])], WECOM)
    await crowd.follow()
    together = await crowd.dynamic(Tags((tags["a"], tags["b"])))
    above = await crowd.dynamic(NoneOf((InAudience(together),)))
    apart = await crowd.dynamic(Tags((tags["a"], tags["c"])))
    anyhow = await crowd.dynamic(Tags((tags["a"], tags["b"]), mode="any"))
    before = await crowd.kept(together, apart, anyhow)
    assert [len(members) for members in before.values()] == [1, 0, 1]
    assert await waiting(crowd) == 0

    async with crowd.work() as ctx:
        await mirror(ctx, library(("a",), ("c", "b")))
    assert await waiting(crowd) == 1
    (heard,) = (
        one
        for one in jobs.handlers(crowd.world.db, crowd.world.clock, crowd.world.analytics)
        if one.kind == TAGS_MOVED
    )
    await heard.run(crowd.tenant_id, TagsMoved((tags["b"],)))
    states = {one: (await crowd.audience(one)).state for one in (together, above, apart, anyhow)}
    assert states == {together: "behind", above: "behind", apart: "ready", anyhow: "ready"}
    for one in (together, above):
        await crowd.build(one)
    assert await crowd.kept(together, above) == await crowd.rebuilt(together, above)
    assert len(await crowd.members(together)) == 0, "a and b are apart now, and nobody has both"
