"""The official account is listened to, once; who writes is found; nothing said is kept."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Text, literal_column, select

from siyu.accounts.connections import service
from siyu.accounts.connections.gateways import OfficialPushKeys
from siyu.accounts.connections.models import OfficialAccountConnection
from siyu.accounts.connections.schemas import CallbackKeys, OfficialAccountCredentials
from siyu.channels.wechat.api import Account
from siyu.channels.wechat.door import OfficialDoor
from siyu.channels.wechat.errors import WeChatError
from siyu.channels.wechat.official import OfficialAccount
from siyu.channels.wechat.pushes import parse_push
from siyu.channels.wecom.tokens import InProcessTokenStore
from siyu.conversations.models import OfficialLetter
from siyu.conversations.official_account import (
    HearLetter,
    OfficialLetters,
    OfficialListener,
    is_connected,
)
from siyu.core.context import Context
from siyu.core.db import Database
from siyu.core.errors import Conflict
from siyu.core.http import http_client
from siyu.core.jobs import JobGone, RetryLater
from siyu.core.postgres import EmbeddedPostgres
from siyu.people.churn.models import SensitivityMark
from siyu.people.identity.identities import customer_of, find_identity, identify
from siyu.people.identity.joining import join
from siyu.people.privacy.places import person_ids, remove
from siyu.personal import PLACES
from tests.scene import Scene, open_door, open_scene, until


@dataclass
class Desk:
    """A scene whose official account pushes to siyu's door."""

    scene: Scene
    account: OfficialAccount | None
    keys: CallbackKeys
    base: str

    async def follower(self) -> dict[str, str]:
        """Return a person who follows: their number and openid."""
        person = await self.scene.person()
        await self.act(person["id"], "follow")
        seen = await self.scene.control("GET", f"people/{person['id']}/official")
        return {"id": person["id"], "openid": seen["openid"], "unionid": person["unionid"]}

    async def act(self, person: object, what: str, **body: str) -> None:
        await self.scene.control("POST", f"people/{person}/official/{what}", body)

    async def letters(self, count: int) -> list[OfficialLetter]:
        """Wait until so many texts came in."""

        async def there() -> list[OfficialLetter]:
            async with self.scene.ctx() as ctx:
                rows = await ctx.session.scalars(
                    select(OfficialLetter)
                    .where(OfficialLetter.tenant_id == ctx.tenant_id)
                    .order_by(OfficialLetter.id)
                )
                found = list(rows)
                return found if len(found) >= count else []

        return list(await until(there))

    async def listen(self, letter: OfficialLetter) -> None:
        accounts = _Accounts(self.account)
        listener = OfficialListener(self.scene.db, self.scene.clock, self.scene.vaults, accounts)
        await listener.run(self.scene.tenant_id, HearLetter(letter.id))

    async def marks(self, ctx: Context) -> list[tuple[int, list[str], str]]:
        rows = await ctx.session.scalars(select(SensitivityMark).order_by(SensitivityMark.id))
        return [(one.identity_id, one.words, one.source) for one in rows]


class _Accounts:
    def __init__(self, account: OfficialAccount | None) -> None:
        self._account = account

    async def account(self, _tenant_id: int) -> OfficialAccount | None:
        return self._account


@pytest.fixture
async def desk(postgres: EmbeddedPostgres, db: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    async with (
        open_scene(postgres, db, tmp_path, customers=2, running=False) as scene,
        http_client() as http,
    ):
        known = await scene.control("GET", "official")
        keys = OfficialPushKeys(db, scene.vaults, scene.clock)
        letters = OfficialLetters(db, scene.clock)
        async with open_door(OfficialDoor(keys, letters, scene.clock).serve) as base:
            async with scene.ctx() as ctx:
                with pytest.raises(Conflict):
                    await service.new_push_keys(ctx, scene.vaults, base)
                given = OfficialAccountCredentials(known["appid"], known["secret"])
                await service.set_official_account(ctx, scene.vaults, given)
                made = await service.new_push_keys(ctx, scene.vaults, base)
                assert not await is_connected(ctx)
            account = OfficialAccount(
                http,
                InProcessTokenStore(scene.clock),
                scene.clock,
                Account(known["appid"], known["secret"]),
                base=str(scene.world.base_url).rstrip("/"),
            )
            body = {"url": made.url, "token": made.token, "aes_key": made.aes_key, "mode": "safe"}
            await scene.control("PUT", "official/push", body)
            yield Desk(scene, account, made, base)
            await scene.control("DELETE", "official/push")


async def test_what_a_follower_writes_is_heard_once_and_not_kept(desk: Desk) -> None:
    scene, person = desk.scene, await desk.follower()
    async with scene.ctx() as ctx:
        assert await is_connected(ctx)
        # A customer whom siyu knows by the unionid alone: the openid is learnt.
        customer = await identify(ctx, "external_userid", "", "wm-known")
        await join(ctx, customer, person["unionid"])
    await desk.act(person["id"], "say", text="再骚扰我就投诉，电话 13812345678")
    (letter,) = await desk.letters(1)
    assert "投诉".encode() not in letter.sealed
    await desk.listen(letter)
    with pytest.raises(JobGone):
        await desk.listen(letter)
    async with scene.ctx() as ctx:
        openid = await find_identity(ctx, "openid", letter.app_id, person["openid"])
        assert openid is not None
        assert await customer_of(ctx, openid.id) == await customer_of(ctx, customer.id)
        assert await desk.marks(ctx) == [(openid.id, ["骚扰", "投诉"], "official")]
        kept = await ctx.session.get_one(OfficialLetter, (ctx.tenant_id, letter.id))
        assert (kept.sealed, kept.heard_at is not None) == (b"", True)
        row = literal_column("official_letter::text", Text)
        (text,) = await ctx.session.scalars(select(row).select_from(OfficialLetter))
        assert "13812345678" not in text


async def test_whom_the_enterprise_does_not_know_stays_unknown(desk: Desk) -> None:
    scene, person = desk.scene, await desk.follower()
    await desk.act(person["id"], "say", text="投诉")
    (letter,) = await desk.letters(1)
    await desk.listen(letter)
    async with scene.ctx() as ctx:
        assert await desk.marks(ctx) == []
        assert await find_identity(ctx, "openid", letter.app_id, person["openid"]) is None
        kept = await ctx.session.get_one(OfficialLetter, (ctx.tenant_id, letter.id))
        assert kept.sealed == b""


async def test_a_push_is_kept_once_and_by_who_has_the_key_alone(desk: Desk) -> None:
    scene, person = desk.scene, await desk.follower()
    keys = OfficialPushKeys(scene.db, scene.vaults, scene.clock)
    slug = urlsplit(desk.keys.url).path.rpartition("/")[2]
    found = await keys.of(slug)
    assert found is not None
    await desk.act(person["id"], "say", text="在吗")
    (letter,) = await desk.letters(1)
    assert found[1].vault.decrypt("official-letter", letter.sealed) == "在吗"
    log = await scene.control("GET", "log?kind=callback&limit=50")
    pushed = next(one for one in log["items"] if "在吗" in (one["request"] or ""))
    assert pushed["status"] == 200
    plaintext = pushed["request"].encode()
    letters = OfficialLetters(scene.db, scene.clock)
    for _ in range(2):  # WeChat did not hear the answer, and sends again
        await letters.take(scene.tenant_id, found[1], parse_push(plaintext), plaintext)
    assert len(await desk.letters(1)) == 1
    for url in (desk.keys.url, f"{desk.base}/wechat/push/nobody"):
        for refused in (
            await scene.world.get(url, params={"echostr": "1"}),
            await scene.world.post(url, content=b"<xml><Encrypt>x</Encrypt></xml>"),
            await scene.world.post(url, content=plaintext),
        ):
            assert refused.status_code == (403 if url == desk.keys.url else 404)
    async with scene.ctx() as ctx:
        await service.new_push_keys(ctx, scene.vaults, desk.base)
        row = await ctx.session.get_one(OfficialAccountConnection, ctx.tenant_id)
        assert (row.push_slug, row.push_at) == (slug, None)
        assert not await is_connected(ctx)


async def test_wechat_that_is_busy_is_asked_later_and_one_that_refuses_is_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await desk.follower()
    await desk.act(person["id"], "say", text="投诉")
    (letter,) = await desk.letters(1)
    assert desk.account is not None
    followers = type(desk.account.followers)

    async def answers(code: int) -> None:
        async def one(_self: object, _openid: str) -> None:
            raise WeChatError(code, "no", "/cgi-bin/user/info")

        monkeypatch.setattr(followers, "one", one)
        await desk.listen(letter)

    with pytest.raises(RetryLater):
        await answers(45009)
    with pytest.raises(WeChatError):
        await answers(-1)
    await answers(48001)
    with pytest.raises(JobGone):
        await desk.listen(letter)


async def test_letters_of_who_is_erased_go_with_them(desk: Desk) -> None:
    scene, person = desk.scene, await desk.follower()
    async with scene.ctx() as ctx:
        appid = desk.account.account.app_id if desk.account else ""
        known = await identify(ctx, "openid", appid, person["openid"])
    await desk.act(person["id"], "say", text="在吗")
    await desk.letters(1)
    async with scene.ctx() as ctx:
        gone = await remove(ctx, PLACES, await person_ids(ctx, known.customer_id))
    assert gone["official_letter"] == 1
