"""From the link to the page: who reads is known where it can be, and nobody goes in circles."""

import asyncio
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from shop import browser
from siyu.content.collection.worker import CollectWorker
from siyu.content.links import create_link
from siyu.content.pages.readers import WechatReader
from siyu.content.schemas import MaterialDraft
from siyu.content.service import archive_material, create_material
from siyu.core.errors import Conflict
from siyu.core.files import Files
from siyu.messaging.touches import create_touch, with_touch
from tests.content.reading import WECHAT, open_page, share, track_of, visits


async def test_a_reader_is_signed_in_once_and_the_reading_is_theirs(shop, pages, wechat):
    person = await shop.person("ma", unionid="u-ma")
    link = await share(shop, sent_to=person)
    async with browser(pages, shop.host) as client:
        phone = WechatReader("wx1", "o-ma", "u-ma")
        response = await open_page(client, wechat, f"/l/{link.slug}", phone, headers=WECHAT)
        assert response.status_code == 200
        assert "辅食怎么加" in response.text
        assert wechat.asked == ["snsapi_base"]
        again = await client.get(f"/a/{link.slug}", headers=WECHAT)
        assert again.status_code == 200
    first, second = await visits(shop)
    assert first.identity_id == second.identity_id
    assert await shop.customer(first.identity_id) == await shop.customer(person)
    assert not first.forwarded
    viewed = await shop.facts("material.viewed")
    assert [fact.identity_id for fact in viewed] == [first.identity_id] * 2
    assert viewed[0].touch_id == link.touch_id
    assert viewed[0].staff_account_id == shop.staff_account_id


async def test_without_a_unionid_the_reader_is_asked_once(shop, pages, wechat):
    link = await share(shop)
    async with browser(pages, shop.host) as client:
        phone = WechatReader("wx1", "o-new")
        response = await open_page(client, wechat, f"/a/{link.slug}", phone, headers=WECHAT)
        assert response.status_code == 200
        assert wechat.asked == ["snsapi_base", "snsapi_userinfo"]
        await client.get(f"/a/{link.slug}", headers=WECHAT)
        assert len(wechat.asked) == 2


async def test_another_person_through_the_link_got_it_forwarded(shop, pages, wechat):
    person = await shop.person("ma", unionid="u-ma")
    link = await share(shop, sent_to=person)
    async with browser(pages, shop.host) as client:
        friend = WechatReader("wx1", "o-friend", "u-friend")
        await open_page(client, wechat, f"/a/{link.slug}", friend, headers=WECHAT)
    (visit,) = await visits(shop)
    assert visit.forwarded
    (fact,) = await shop.facts("material.viewed")
    assert fact.properties["forwarded"] is True


async def test_a_snapshot_user_is_no_evidence(shop, pages, wechat):
    link = await share(shop)
    async with browser(pages, shop.host) as client:
        ghost = WechatReader("wx1", "o-ghost", "u-ghost", snapshot=True)
        response = await open_page(client, wechat, f"/a/{link.slug}", ghost, headers=WECHAT)
        assert response.status_code == 200
    (visit,) = await visits(shop)
    assert visit.identity_id is None
    assert visit.viewed_at is None


async def test_a_browser_without_cookies_reads_anonymously(shop, pages, wechat):
    link = await share(shop)

    class Forgetful(httpx.Cookies):
        def extract_cookies(self, response) -> None:
            pass

    async with browser(pages, shop.host) as client:
        client._cookies = Forgetful()
        phone = WechatReader("wx1", "o-1", "u-1")
        response = await open_page(client, wechat, f"/a/{link.slug}", phone, headers=WECHAT)
        assert response.status_code == 200
    assert [visit.identity_id for visit in await visits(shop)] == [None]


@pytest.mark.parametrize("code", ["", "bad"])
async def test_a_refused_sign_in_still_shows_the_page(shop, pages, wechat, code):
    link = await share(shop)
    async with browser(pages, shop.host) as client:
        away = await client.get(f"/a/{link.slug}", headers=WECHAT)
        query = parse_qs(urlsplit(away.headers["location"]).query)
        back = f"{query['redirect_uri'][0]}&code={code}&state={query['state'][0]}"
        response = await open_page(client, wechat, back, headers=WECHAT)
        assert response.status_code == 200
        assert "siyu_reader" not in client.cookies


async def test_nobody_can_plant_an_identity(shop, pages, wechat):
    link = await share(shop)
    wechat.next = WechatReader("wx1", "o-evil", "u-evil")
    async with browser(pages, shop.host) as mine, browser(pages, shop.host) as victim:
        away = await mine.get(f"/a/{link.slug}", headers=WECHAT)
        query = parse_qs(urlsplit(away.headers["location"]).query)
        planted = f"{query['redirect_uri'][0]}&code=c&state={query['state'][0]}"
        response = await victim.get(planted, headers=WECHAT)
        assert response.status_code == 302
        assert "siyu_reader" not in victim.cookies
        elsewhere = await victim.get("/h/oauth?to=//evil.example&state=x&code=c")
        assert elsewhere.headers["location"].startswith("/a/%2F%2Fevil.example?")


async def test_outside_wechat_and_unconnected_the_page_shows_at_once(shop, pages, wechat):
    link = await share(shop)
    async with browser(pages, shop.host) as client:
        assert (await client.get(f"/a/{link.slug}")).status_code == 200
        wechat.connected = False
        response = await client.get(f"/a/{link.slug}", headers=WECHAT)
        assert response.status_code == 200
        assert "share" not in track_of(response)


async def test_the_page_carries_touch_card_staff_and_no_foreign_script(shop, pages):
    link = await share(
        shop,
        title='</script><script>alert("t")</script>',
        body='<p>见<a href="https://mall.example/p?id=1&amp;t=old#x">商品</a></p><script>bad()</script>',
    )
    async with browser(pages, shop.host) as client:
        response = await client.get(f"/a/{link.slug}")
        text = response.text
        script = await client.get(re.search(r'src="(/static/tracker[^"]*)"', text)[1])
    assert "<script>alert" not in text
    assert text.count("</script>") == 3
    assert "bad()" not in text
    assert f"https://mall.example/p?id=1&amp;t={link.touch_slug}#x" in text
    assert "小林" in text
    assert "育儿顾问" in text
    assert "联系我" in text
    track = track_of(response)
    assert track["collect"] == "/collect"
    assert track["share"]["card"]["link"] == f"http://{shop.host}:8000/l/{link.slug}"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert script.status_code == 200
    assert len(script.content) <= 15_000


async def test_an_article_in_a_welcome_is_read_by_whom_it_welcomed(shop, pages, wechat):
    person = await shop.person("ma", unionid="u-ma")
    material = await shop.article()
    async with shop.work() as ctx:
        welcome = await create_touch(
            ctx, "welcome", staff_account_id=shop.staff_account_id, identity_id=person
        )
        nobody_s = await create_touch(ctx, "code")
    address = with_touch(f"/a/{material.slug}", welcome.slug)
    phone = WechatReader("wx1", "o-ma", "u-ma")
    async with browser(pages, shop.host) as client:
        for _ in range(2):
            response = await open_page(client, wechat, address, phone, headers=WECHAT)
            assert "siyu-track" in response.text
        plain = await client.get(with_touch(f"/a/{material.slug}", nobody_s.slug))
        assert plain.status_code == 200
        assert "siyu-track" not in plain.text
        assert (await client.get(f"/a/{material.slug}?t=made-up")).status_code == 200
    first, second = await visits(shop)
    assert first.tracked_link_id == second.tracked_link_id
    assert not first.forwarded
    assert {fact.touch_id for fact in await shop.facts("material.viewed")} == {welcome.id}
    assert await shop.facts("material.shared") == []


async def test_staff_who_look_are_no_readers(shop, pages, wechat):
    link = await share(shop)
    async with browser(pages, shop.host) as client:
        client.cookies.set("siyu", "a-session")
        response = await client.get(f"/a/{link.slug}", headers=WECHAT)
        assert response.status_code == 200
        assert "siyu-track" not in response.text
    assert wechat.asked == []
    assert await visits(shop) == []


async def test_beats_make_the_visit_grow(shop, pages, wechat, db, clock):
    person = await shop.person("ma", unionid="u-ma")
    link = await share(shop, sent_to=person)
    worker = CollectWorker(db, clock)
    async with browser(pages, shop.host) as client:
        phone = WechatReader("wx1", "o-ma", "u-ma")
        response = await open_page(client, wechat, f"/a/{link.slug}", phone, headers=WECHAT)
        track = track_of(response)
        beats = [(3.2, 20), (9, 50), (20, 45), (12, 90), (999, 100)]
        for seconds, depth in beats:
            clock.advance(timedelta(seconds=6))
            beat = {"visit": track["visit"], "seconds": seconds, "depth": depth}
            taken = await client.post(track["collect"], json=beat)
            assert taken.status_code == 204
            await worker.step()
        end = {"visit": track["visit"], "seconds": 21, "depth": 100, "end": True}
        await client.post(track["collect"], json=end)
        await client.post(track["collect"], json=end)
        await worker.step()
    (visit,) = await visits(shop)
    assert visit.seconds == 35  # never longer than since it was opened, and a little
    assert visit.depth == 100
    assert visit.ended_at is not None
    read = await shop.facts("material.read")
    assert [fact.properties["seconds"] for fact in read] == [9, 20, 35]
    assert all(fact.identity_id == visit.identity_id for fact in read)


async def test_clicks_are_told_and_unknown_names_lead_nowhere(shop, pages, db, clock):
    link = await share(shop)
    async with browser(pages, shop.host) as client:
        assert (await client.get(f"/l/{link.slug}")).headers["location"] == f"/a/{link.slug}"
        assert (await client.head(f"/l/{link.slug}")).status_code == 302
        for path in ("/l/nothing", "/a/nothing", "/l/", f"/a/{'x' * 200}"):
            assert (await client.get(path)).status_code == 404
    # The click is written in a moment, behind the answer.
    while not (facts := await shop.facts("link.clicked")):
        await CollectWorker(db, clock).step()
        await asyncio.sleep(0.01)
    (fact,) = facts
    assert fact.touch_id == link.touch_id


async def test_what_was_sent_stays_readable_and_drafts_are_hidden(shop, pages):
    link = await share(shop)
    async with shop.work() as ctx:
        await archive_material(ctx, link.material_id)
        draft = await create_material(ctx, MaterialDraft(title="稿", body="<p>x</p>"))
        with pytest.raises(Conflict):
            await create_link(
                ctx,
                draft,
                touch_id=link.touch_id,
                touch_slug="x",
                staff_account_id=shop.staff_account_id,
                sent_to=None,
            )
    material = await shop.article(title="公开")
    async with browser(pages, shop.host) as client:
        assert (await client.get(f"/a/{link.slug}")).status_code == 200
        assert (await client.get(f"/a/{draft.slug}")).status_code == 404
        public = await client.get(f"/a/{material.slug}")
        assert public.status_code == 200
        assert "siyu-track" not in public.text
    assert len(await visits(shop)) == 1


async def test_pictures_are_served_to_their_own_host_only(shop, pages, tmp_path):
    key = await Files(f"file://{tmp_path}").put(shop.tenant_id, b"picture", "image/png")
    async with browser(pages, shop.host) as client, browser(pages, "elsewhere.example") as other:
        found = await client.get(f"/files/{key}")
        assert (found.content, found.headers["content-type"]) == (b"picture", "image/png")
        assert "immutable" in found.headers["cache-control"]
        assert (await other.get(f"/files/{key}")).status_code == 404
        assert (await client.get("/files/..%2Fsecret.png")).status_code == 404
