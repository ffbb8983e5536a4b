"""The official account answers, refuses, or does not answer: the page comes all the same."""

import httpx
import pytest

from siyu.accounts.connections.gateways import OFFICIAL_SECRET, OfficialAccounts
from siyu.accounts.connections.models import OfficialAccountConnection
from siyu.accounts.tenants import Vaults
from siyu.content.pages.gate import OfficialAccountGate
from siyu.content.pages.readers import Readers, WechatReader
from siyu.core.errors import BadGateway
from siyu.core.settings import Settings
from siyu.core.signing import Signer


class Weixin:
    """api.weixin.qq.com, as far as pages ask it."""

    def __init__(self) -> None:
        self.visitor = {"access_token": "t", "openid": "o1", "unionid": "u1", "expires_in": 7200}
        self.hangs = False

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.hangs:
            raise httpx.ReadTimeout("nobody answers")
        return httpx.Response(200, json=self.answer(request.url.path))

    def answer(self, path):
        if path == "/sns/oauth2/access_token":
            return self.visitor
        if path == "/cgi-bin/stable_token":
            return {"access_token": "app", "expires_in": 7200}
        return {"errcode": 0, "ticket": "ticket", "expires_in": 7200}


@pytest.fixture
def weixin():
    return Weixin()


@pytest.fixture
async def gate(db, clock, master, weixin):
    async with httpx.AsyncClient(transport=httpx.MockTransport(weixin)) as http:
        settings = Settings()
        accounts = OfficialAccounts(db, Vaults(master), clock, http, settings, own_vault=master.own)
        yield OfficialAccountGate(accounts, settings)


async def connect(shop, master):
    async with shop.work() as ctx:
        vault = await Vaults(master).of(ctx.session, shop.tenant_id)
        ctx.session.add(
            OfficialAccountConnection(
                tenant_id=shop.tenant_id,
                app_id=f"wx{shop.tenant_id}",
                secret=vault.encrypt(OFFICIAL_SECRET, "secret"),
            )
        )


async def test_without_an_account_nobody_is_sent_anywhere(shop, gate):
    away = await gate.authorize_url(shop.tenant_id, "http://x/h/oauth", "abc", "snsapi_base")
    assert away is None
    assert await gate.share_card(shop.tenant_id, "http://x/a/1") is None


async def test_a_reader_and_a_card(shop, gate, master):
    await connect(shop, master)
    url = await gate.authorize_url(shop.tenant_id, "http://x/h/oauth?to=a", "abc", "snsapi_base")
    assert url.startswith("https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx")
    reader = await gate.reader(shop.tenant_id, "code")
    assert reader == WechatReader(f"wx{shop.tenant_id}", "o1", "u1")
    card = await gate.share_card(shop.tenant_id, "http://x/a/1")
    assert card.app_id == f"wx{shop.tenant_id}"
    assert len(card.signature) == 40


async def test_snapshots_and_refusals_are_told_apart(shop, gate, master, weixin):
    await connect(shop, master)
    weixin.visitor = {**weixin.visitor, "is_snapshotuser": 1}
    assert (await gate.reader(shop.tenant_id, "code")).snapshot
    weixin.visitor = {"errcode": 40029, "errmsg": "invalid code"}
    with pytest.raises(BadGateway):
        await gate.reader(shop.tenant_id, "code")


async def test_a_silent_wechat_costs_the_card_and_not_the_page(
    shop, gate, master, weixin, db, clock
):
    await connect(shop, master)
    weixin.hangs = True
    readers = Readers(db, clock, Signer(b"k" * 32), gate, everywhere=True, secure=False)
    assert await readers.share_card(shop.tenant_id, "http://x/a/1") is None
    weixin.hangs = False
