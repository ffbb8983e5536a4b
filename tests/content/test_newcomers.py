"""New browsers: so many are remembered in an hour, and those of two enterprises never meet."""

import asyncio
from datetime import timedelta

from shop import browser, open_shop
from siyu.content.collection.models import OLD_HOURS, VisitorHour
from siyu.content.collection.worker import CollectWorker
from siyu.content.pages.readers import WechatReader
from siyu.content.visitors import cookie_of
from siyu.core.housekeeping import Housekeeping
from tests.content.reading import beat, browsers, read, share, sign_in, visits


def newcomer(site, shop):
    client = browser(site, shop.host)
    client.base_url = f"https://{shop.host}"
    return client


async def flood(site, shop, link, count):
    """Let each of many new browsers open a page and stay."""
    for _ in range(count):
        async with newcomer(site, shop) as client:
            await beat(client, await client.get(f"/a/{link.slug}"))


async def test_of_a_flood_so_many_are_remembered_in_an_hour_and_all_are_counted(
    shop, site, phone, db, clock
):
    links = [await share(shop, title=title) for title in ("一", "二", "三")]
    worker = CollectWorker(db, clock, visitors_per_hour=4)
    await read(phone, links[0], worker)
    for link in links:
        await flood(site, shop, link, 3)
    while await worker.step():
        pass
    # Half of the hour's on one page: the first two, with whom was there before; none on the third.
    assert len(await browsers(shop)) == 4
    readings = await visits(shop)
    assert [each.viewed_at is not None for each in readings] == [True] * 10
    by_page = {
        link.material_id: sum(
            each.identity_id is not None for each in readings if each.tracked_link_id == link.id
        )
        for link in links
    }
    assert sorted(by_page.values()) in ([0, 2, 2], [1, 1, 2])
    assert by_page[links[0].material_id] >= 1
    # Who is known already still is, on any page; and the next hour has room again.
    await read(phone, links[2], worker)
    assert (await visits(shop))[-1].identity_id == readings[0].identity_id
    clock.advance(timedelta(hours=1))
    await flood(site, shop, links[2], 1)
    await worker.step()
    assert len(await browsers(shop)) == 5
    assert len(await shop.facts("material.viewed")) == 12


async def test_two_workers_at_once_let_no_more_in(shop, site, db, clock):
    link = await share(shop)
    await flood(site, shop, link, 9)
    workers = [CollectWorker(db, clock, visitors_per_hour=6) for _ in range(2)]
    await asyncio.gather(*(worker._batch(shop.tenant_id, 3) for worker in [*workers, workers[0]]))
    assert len(await browsers(shop)) == 3
    assert len([one for one in await visits(shop) if one.viewed_at is not None]) == 9


async def test_counts_are_kept_for_a_day(shop, site, db, clock):
    await flood(site, shop, await share(shop), 1)
    await CollectWorker(db, clock).step()
    assert await shop.count(VisitorHour) == 2
    sweeper = Housekeeping(db, clock, [OLD_HOURS])
    await sweeper.sweep()
    assert await shop.count(VisitorHour) == 2
    clock.advance(timedelta(days=1, hours=1))
    await sweeper.sweep()
    assert await shop.count(VisitorHour) == 0


async def test_two_enterprises_on_one_host_share_no_reader(
    shop, phone, wechat, db, clock, master, tenant_id
):
    other = await open_shop(db, clock, master, tenant_id + 600_000)
    mine, theirs, worker = await share(shop), await share(other), CollectWorker(db, clock)
    await read(phone, mine, worker)
    await read(phone, theirs, worker)
    number = phone.cookies[cookie_of(shop.tenant_id)]
    assert number != phone.cookies[cookie_of(other.tenant_id)]
    await read(phone, mine, worker)
    for one in (shop, other):
        assert len(await browsers(one)) == 1
    # Signed in with one of them, the browser is still a visitor of the other.
    await sign_in(phone, wechat, theirs, WechatReader("wx1", "o-ma", "u-ma"))
    assert cookie_of(other.tenant_id) not in phone.cookies
    assert phone.cookies[cookie_of(shop.tenant_id)] == number
    await read(phone, mine, worker)
    (visitor,) = await browsers(shop)
    assert {one.identity_id for one in await visits(shop)} == {visitor.id}
    assert visitor.id not in {fact.identity_id for fact in await shop.facts("identity.linked")}
