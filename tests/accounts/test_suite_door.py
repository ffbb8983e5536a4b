"""Instructions to a provider's suite: verified, kept, shown without secrets, and not acted on."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from siyu.accounts.callbacks.service import list_callbacks, read_callback
from siyu.accounts.connections.gateways import SuiteCallbackKeys, TenantCallbackKeys
from siyu.accounts.connections.queries import connection_view
from siyu.accounts.connections.schemas import Suite
from siyu.accounts.connections.service import new_suite_keys
from siyu.channels.wecom.crypto import CallbackCrypto
from siyu.channels.wecom.door import PREFIX, SUITE_PREFIX, CallbackDoor
from siyu.channels.wecom.events import ContactAdded
from siyu.channels.wecom.inbox import InboxWriter, WecomInbox, suite_letter_of
from siyu.channels.wecom.reader import InboxReader
from siyu.core.doors import Door

SUITE = "ww4asffe9xxx4c0f4c"
TICKET = "the-ticket-of-the-suite"
BASE = "https://siyu.test"


def instruction(now: int, info_type: str, inner: str) -> str:
    return (
        f"<xml><SuiteId>{SUITE}</SuiteId><InfoType>{info_type}</InfoType>"
        f"<TimeStamp>{now}</TimeStamp>{inner}</xml>"
    )


class Suites:
    """The door with the keys that an administrator made."""

    def __init__(self, http: httpx.AsyncClient, crypto: CallbackCrypto, path: str, now: int):
        self.http, self.crypto, self.path, self.now = http, crypto, path, now

    def query(self, signature: str) -> dict[str, str]:
        return {"msg_signature": signature, "timestamp": str(self.now), "nonce": "n1"}

    async def post(self, info_type: str, inner: str, path: str = "") -> httpx.Response:
        text = instruction(self.now, info_type, inner)
        made = self.crypto.seal(text.encode(), str(self.now), "n1")
        body = f"<xml><Encrypt><![CDATA[{made.encrypt}]]></Encrypt></xml>"
        query = self.query(made.signature)
        return await self.http.post(path or self.path, params=query, content=body)

    async def verify(self, text: str) -> httpx.Response:
        made = self.crypto.seal(text.encode(), str(self.now), "n1")
        query = {**self.query(made.signature), "echostr": made.encrypt}
        return await self.http.get(self.path, params=query)


@pytest.fixture
async def admin(site):
    return await site.tenant()


@pytest.fixture
async def suites(site, admin):
    runtime = site.runtime
    async with admin.work() as ctx:
        keys = await new_suite_keys(ctx, runtime.vaults, Suite(suite_id=SUITE), BASE)
    writer = InboxWriter(runtime.db.ingest)
    known = SuiteCallbackKeys(runtime.db, runtime.vaults, runtime.clock)
    door = Door(
        CallbackDoor(
            known, writer, runtime.clock, prefix=SUITE_PREFIX, letter=suite_letter_of
        ).serve
    )
    transport = httpx.ASGITransport(app=door)
    now = int(runtime.clock.now().timestamp())
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as http:
        crypto = CallbackCrypto(keys.token, keys.aes_key, SUITE)
        yield Suites(http, crypto, keys.url.removeprefix(BASE), now)
    await writer.close()


async def test_the_address_of_a_suite_is_verified_and_noted(site, admin, suites):
    answer = await suites.verify("1616140317555161061")
    assert (answer.status_code, answer.text) == (200, "1616140317555161061")
    async with admin.work() as ctx:
        view = await connection_view(ctx, BASE)
    assert (view.suite_id, view.suite_at) == (SUITE, site.runtime.clock.now())
    assert view.suite_url == f"{BASE}{suites.path}"
    forged = await suites.http.get(suites.path, params={**suites.query("0" * 40), "echostr": "x"})
    assert forged.status_code == 403


async def test_tickets_and_authorisations_are_kept_typed_and_shown_without_secrets(
    site, admin, suites
):
    ticket = f"<SuiteTicket>{TICKET}</SuiteTicket>"
    authorised = "<AuthCode>the-code</AuthCode><State>123</State>"
    for info_type, inner in (("suite_ticket", ticket), ("create_auth", authorised)):
        for _ in range(2):  # WeCom repeats what it got no answer to
            answer = await suites.post(info_type, inner)
            assert (answer.status_code, answer.text) == (200, "success")
    await InboxReader(site.runtime.db, site.runtime.clock, {}).drain()
    async with admin.work() as ctx:
        page = await list_callbacks(ctx, None, None, 20)
        shown = [(row.event, row.state, row.fate) for row in page.items]
        assert shown == [("create_auth", "done", "unproven"), ("suite_ticket", "done", "unproven")]
        texts = [(await read_callback(ctx, row.id)).xml for row in page.items]
    assert "<AuthCode>***</AuthCode>" in texts[0]
    assert "<SuiteTicket>***</SuiteTicket>" in texts[1]


async def test_what_a_suite_hears_of_a_corporation_is_never_taken_for_the_tenants_own(
    site, admin, suites, clock
):
    inner = (
        "<AuthCorpId>wwelse</AuthCorpId><ChangeType>add_external_contact</ChangeType>"
        "<UserID>u1</UserID><ExternalUserID>wm1</ExternalUserID><WelcomeCode>c</WelcomeCode>"
    )
    assert (await suites.post("change_external_contact", inner)).status_code == 200

    async def hear(ctx, events):
        raise AssertionError("an instruction was taken for a callback")

    clock.advance(timedelta(minutes=1))
    await InboxReader(site.runtime.db, site.runtime.clock, {ContactAdded: hear}).drain()
    async with admin.work() as ctx:
        rows = (
            await ctx.session.scalars(
                select(WecomInbox).where(WecomInbox.tenant_id == admin.tenant_id)
            )
        ).all()
    assert [(row.state, row.fate, row.urgent) for row in rows] == [("done", "unproven", "none")]


async def test_the_two_addresses_do_not_open_each_others_doors(site, suites):
    runtime = site.runtime
    slug = suites.path.removeprefix(SUITE_PREFIX)
    own = TenantCallbackKeys(runtime.db, runtime.vaults, runtime.clock)
    assert await own.of(slug) is None
    assert (await suites.post("suite_ticket", "", f"{PREFIX}{slug}")).status_code == 404
    assert (await suites.post("suite_ticket", "", f"{SUITE_PREFIX}nobody")).status_code == 404
