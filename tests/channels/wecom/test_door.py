"""The door for callbacks: stored before it answers, once however often sent, shut to the rest."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import func, select

from siyu.channels.wecom.crypto import CallbackCrypto
from siyu.channels.wecom.door import PREFIX, CallbackDoor
from siyu.channels.wecom.inbox import InboxWriter, WecomInbox
from siyu.core.doors import Door

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
CRYPTO = CallbackCrypto("token", KEY, "ww1")


class Keys:
    def __init__(self, tenant_id: int) -> None:
        self.tenant_id = tenant_id
        self.proofs = 0

    async def of(self, slug: str) -> tuple[int, CallbackCrypto] | None:
        return (self.tenant_id, CRYPTO) if slug == "s1" else None

    async def proven(self, tenant_id: int) -> None:
        assert tenant_id == self.tenant_id
        self.proofs += 1


def added(customer: str, at: int, welcome_code: str = "") -> bytes:
    welcome = f"<WelcomeCode>{welcome_code}</WelcomeCode>" if welcome_code else ""
    return (
        "<xml><ToUserName>ww1</ToUserName><FromUserName>sys</FromUserName>"
        f"<CreateTime>{at}</CreateTime><MsgType>event</MsgType>"
        "<Event>change_external_contact</Event><ChangeType>add_external_contact</ChangeType>"
        f"<UserID>u1</UserID><ExternalUserID>{customer}</ExternalUserID>{welcome}</xml>"
    ).encode()


def sealed(plaintext: bytes, timestamp: int) -> tuple[dict[str, str], bytes]:
    made = CRYPTO.seal(plaintext, str(timestamp), "n1")
    query = {"msg_signature": made.signature, "timestamp": str(timestamp), "nonce": "n1"}
    return query, f"<xml><Encrypt><![CDATA[{made.encrypt}]]></Encrypt></xml>".encode()


@pytest.fixture
def keys(tenant_id) -> Keys:
    return Keys(tenant_id)


@pytest.fixture
async def http(db, clock, keys) -> AsyncIterator[httpx.AsyncClient]:
    writer = InboxWriter(db.ingest)
    app = Door(CallbackDoor(keys, writer, clock).serve)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://siyu.test") as client:
        yield client
    await writer.close()


async def test_a_callback_is_stored_before_it_is_acknowledged(db, http, clock, tenant_id):
    now = int(clock.now().timestamp())
    query, body = sealed(added("wm1", now, "code1"), now)
    answer = await http.post(f"{PREFIX}s1", params=query, content=body)
    assert (answer.status_code, answer.text) == (200, "success")
    async with db.tenant(tenant_id) as session:
        row = (await session.scalars(select(WecomInbox))).one()
    assert (row.state, row.urgent, row.lane) == ("waiting", "waiting", "wm1")
    assert row.body == added("wm1", now, "code1")
    assert (row.event, row.change_type) == ("change_external_contact", "add_external_contact")
    assert row.occurred_at == clock.now()


async def test_repeats_are_stored_once_though_encrypted_anew(db, http, clock, tenant_id):
    now = int(clock.now().timestamp())

    async def post(number: int) -> int:
        query, body = sealed(added(f"wm{number % 10}", now), now + number % 3)
        return (await http.post(f"{PREFIX}s1", params=query, content=body)).status_code

    answers = await asyncio.gather(*(post(number) for number in range(60)))
    assert set(answers) == {200}
    async with db.tenant(tenant_id) as session:
        assert await session.scalar(select(func.count()).select_from(WecomInbox)) == 10


async def test_the_address_is_verified(http, clock, keys):
    now = str(int(clock.now().timestamp()))
    made = CRYPTO.seal(b"1616140317555161061", now, "n1")
    query = {"msg_signature": made.signature, "timestamp": now, "nonce": "n1"}
    answer = await http.get(f"{PREFIX}s1", params={**query, "echostr": made.encrypt})
    assert (answer.status_code, answer.text) == (200, "1616140317555161061")
    assert keys.proofs == 1
    forged = {**query, "msg_signature": "0" * 40, "echostr": made.encrypt}
    assert (await http.get(f"{PREFIX}s1", params=forged)).status_code == 403
    assert keys.proofs == 1


async def test_what_is_not_genuine_is_refused_and_leaves_no_trace(db, http, clock, tenant_id):
    now = int(clock.now().timestamp())
    query, body = sealed(added("wm1", now), now)
    stale_query, stale_body = sealed(added("wm1", now), now - 3600)
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><xml><Encrypt>&a;</Encrypt></xml>'
    refusals = [
        (f"{PREFIX}s2", query, body, 404),
        (f"{PREFIX}s1", {**query, "msg_signature": "0" * 40}, body, 403),
        (f"{PREFIX}s1", stale_query, stale_body, 403),
        (f"{PREFIX}s1", {}, body, 403),
        (f"{PREFIX}s1", query, bomb, 403),
        (f"{PREFIX}s1", query, b"<" * 300_000, 413),
    ]
    for path, parameters, content, status in refusals:
        answer = await http.post(path, params=parameters, content=content)
        assert answer.status_code == status, content[:40]
    assert (await http.put(f"{PREFIX}s1", params=query, content=body)).status_code == 405
    async with db.tenant(tenant_id) as session:
        assert await session.scalar(select(func.count()).select_from(WecomInbox)) == 0


async def test_a_full_buffer_or_a_lost_database_is_never_acknowledged(clock, keys):
    async def gone() -> None:
        raise OSError("no database")

    now = int(clock.now().timestamp())
    query, body = sealed(added("wm1", now), now)
    for writer in (InboxWriter(gone, capacity=0), InboxWriter(gone)):
        transport = httpx.ASGITransport(app=Door(CallbackDoor(keys, writer, clock).serve))
        async with httpx.AsyncClient(transport=transport, base_url="http://siyu.test") as client:
            answer = await client.post(f"{PREFIX}s1", params=query, content=body)
        assert answer.status_code == 503
        assert "retry-after" in answer.headers


async def test_odd_callbacks_are_stored_whole_and_harm_no_other(db, http, clock, tenant_id):
    now = int(clock.now().timestamp())
    huge = "w" * 50_000
    message = f"<xml><MsgId>{huge}</MsgId><Event>{huge}</Event></xml>".encode()
    nul = f'{{"Event": "a\\u0000b", "ChangeType": "{huge}"}}'.encode()
    letters = [added("wm1", now), added(huge, now, "code1"), message, nul, added("wm2", now)]

    async def post(plaintext: bytes) -> int:
        query, body = sealed(plaintext, now)
        return (await http.post(f"{PREFIX}s1", params=query, content=body)).status_code

    assert set(await asyncio.gather(*map(post, letters * 2))) == {200}
    async with db.tenant(tenant_id) as session:
        rows = (await session.scalars(select(WecomInbox))).all()
    assert sorted(row.body for row in rows) == sorted(letters)
