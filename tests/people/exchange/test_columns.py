"""What stands in the cells of a list: all of a person, whichever of their ids it is noted at."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from siyu.accounts.tenants import Vaults
from siyu.commerce.models import OrderSource, SalesOrder
from siyu.composition import Panels
from siyu.core.ids import slug
from siyu.core.vault import MasterKey
from siyu.people.exchange.columns import COLUMNS, Bench, cells_of
from siyu.people.identity.identities import identify
from siyu.people.identity.phones import keep_phones
from siyu.people.models import Contact, ContactTag, Customer, IdentityTag, Tag, TagGroup
from siyu.people.privacy.models import Consent
from siyu.people.stages.models import Stage, StageChange
from tests.conftest import MASTER_KEY

NIGHT = datetime(2026, 2, 28, 16, 30, 1, 999_999, tzinfo=UTC)
"""Already March in China."""


async def test_cells_tell_all_of_a_person_as_far_as_the_reader_may_see(site):
    shop = await site.tenant()
    for role in ("planner", "manager", "staff"):
        await shop.employee(role)
    staff = [shop.staff[role] for role in ("planner", "manager", "staff")]
    async with shop.work() as ctx:
        of = {"tenant_id": ctx.tenant_id}

        async def add(*rows):
            ctx.session.add_all(rows)
            await ctx.session.flush()
            return [getattr(row, "id", 0) for row in rows]

        first = await identify(ctx, "external_userid", "", "wm-1")
        number = first.customer_id
        other = await identify(ctx, "unionid", "", "union-1", customer_id=number)
        stranger = await identify(ctx, "member", "", "m-2")
        await identify(ctx, "member", "", "m-3", customer_id=stranger.customer_id)
        customer = await ctx.session.get_one(Customer, (ctx.tenant_id, number))
        customer.name, customer.gender, customer.last_add_at = "林", 2, NIGHT
        customer.created_at = NIGHT
        (group,) = await add(TagGroup(name="组", **of))
        tags = await add(
            *(Tag(group_id=group, name=name, gone=name == "废", **of) for name in "甲乙废丙")
        )
        contacts = await add(
            *(
                Contact(
                    identity_id=first.id, staff_account_id=account, state=state, remark=remark,
                    watched_since=NIGHT, **of,
                )
                for account, state, remark in zip(
                    staff, ("lost", "active", "active"), ("旧", "小林", "小林"), strict=True
                )
            )
        )  # fmt: skip
        await add(
            *(
                ContactTag(
                    contact_id=contacts[at], tag_id=tag, source="wecom", marked_at=NIGHT, **of
                )
                for at, tag in ((0, tags[3]), (1, tags[1]), (2, tags[1]), (2, tags[2]))
            ),
            IdentityTag(
                identity_id=other.id, tag_id=tags[0], source="employee", marked_at=NIGHT, **of
            ),
        )
        new, old = await add(Stage(name="新", **of), Stage(name="老", **of))
        for identity, stage in ((first, new), (other, old)):
            await add(StageChange(identity_id=identity.id, stage_id=stage, at=NIGHT, **of))
        for identity, state in ((other, "granted"), (first, "refused")):
            await add(
                Consent(
                    identity_id=identity.id, kind="marketing", state=state, at=NIGHT,
                    source="employee", **of,
                )
            )  # fmt: skip
        vault = await Vaults(MasterKey(MASTER_KEY)).of(ctx.session, ctx.tenant_id)
        await keep_phones(ctx, vault, other, ["13812345678"])
        bench = Bench(ctx, vault, Panels(), ZoneInfo("Asia/Shanghai"), phones=False)
        ids = [number, stranger.customer_id]
        whole, bare = await cells_of(bench, list(COLUMNS), ids)
        some = replace(ctx, actor=replace(ctx.actor, owners=frozenset(staff[:1])))
        seen, _ = await cells_of(bench._replace(ctx=some, phones=True), list(COLUMNS), ids)
    cells = dict(zip(COLUMNS, whole, strict=True))
    moment = "2026-03-01 00:30:01"
    assert cells == {
        "id": str(number), "name": "林", "gender": "女", "kind": "", "corp_name": "",
        "state": "好友", "phone": "138****5678", "external_userid": "wm-1", "unionid": "union-1",
        "member": "", "staff": "manager 小林、staff 小林", "remark": "旧、小林",
        "tags": "甲、乙、丙", "stage": "老", "consent": "拒绝", "orders": "", "gmv": "",
        "added_at": moment, "created_at": moment,
    }  # fmt: skip
    assert dict(zip(COLUMNS, bare, strict=True))["member"] == "m-2、m-3"
    theirs = dict(zip(COLUMNS, seen, strict=True))
    assert (theirs["state"], theirs["staff"], theirs["remark"]) == ("已流失", "", "旧")
    assert (theirs["tags"], theirs["phone"]) == ("甲、丙", "13812345678")


async def test_what_was_bought_counts_at_whichever_id(site):
    shop = await site.tenant()
    async with shop.work() as ctx:
        first = await identify(ctx, "external_userid", "", "wm-1")
        number = first.customer_id
        other = await identify(ctx, "unionid", "", "union-1", customer_id=number)
        nobody = await identify(ctx, "member", "", "m-2")
        source = OrderSource(
            tenant_id=ctx.tenant_id, name="商城", key=slug(), secret=b"", created_at=NIGHT
        )
        ctx.session.add(source)
        await ctx.session.flush()
        ctx.session.add_all(
            SalesOrder(
                tenant_id=ctx.tenant_id, source_id=source.id, external_id=f"o{day}", currency="CNY",
                paid_at=NIGHT + timedelta(days=day), amount_fen=1_050, refunded_fen=refunded,
                identity_id=identity.id, match_method="phone", state=state, received_at=NIGHT,
            )
            for day, identity, state, refunded in (
                (1, first, "paid", 0), (2, other, "paid", 50), (3, other, "refunded", 1_050),
            )
        )  # fmt: skip
        await ctx.session.flush()
        vault = await Vaults(MasterKey(MASTER_KEY)).of(ctx.session, ctx.tenant_id)
        bench = Bench(ctx, vault, Panels(), ZoneInfo("Asia/Shanghai"), phones=False)
        ids = [number, nobody.customer_id]
        assert await cells_of(bench, ["orders", "gmv"], ids) == [("2", "20.50"), ("0", "0.00")]
        bought = await Panels().purchases(ctx, ids)
        assert bought[number].last_paid_at == NIGHT + timedelta(days=2)
        assert bought[nobody.customer_id].last_paid_at is None
