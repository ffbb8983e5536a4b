"""The client against a played WeCom: tokens, retries, paging, and failures told apart."""

import asyncio
from datetime import timedelta

import httpx
import msgspec
import pytest
from played import DROP, HANG, Call, Naps, PlayedServer

from siyu.channels.wecom.client import WecomClient, WecomClients
from siyu.channels.wecom.credentials import AppCredentials
from siyu.channels.wecom.endpoint import Endpoint, Nothing
from siyu.channels.wecom.endpoints import auth, contact_ways, contacts
from siyu.channels.wecom.endpoints.content import Link, LinkAttachment
from siyu.channels.wecom.errors import (
    QuotaExhausted,
    RequestRefused,
    WeComError,
    WeComUnreachable,
    WeComUnreadable,
)
from siyu.channels.wecom.gateway import CallRecord, WecomGateway
from siyu.channels.wecom.tokens import InProcessTokenStore
from siyu.channels.wecom.verdicts import Advice
from siyu.core.clock import FixedClock
from siyu.core.http import Trouble

FOLLOW = "/cgi-bin/externalcontact/get_follow_user_list"
WELCOME = "/cgi-bin/externalcontact/send_welcome_msg"
ADD_WAY = "/cgi-bin/externalcontact/add_contact_way"
OK = {"errcode": 0, "errmsg": "ok"}
BUSY = {"errcode": -1, "errmsg": "system busy"}


def dead(errcode: int) -> dict[str, object]:
    return {"errcode": errcode, "errmsg": "token"}


async def test_a_call_carries_token_and_host_and_returns_typed(
    wecom: PlayedServer, client: WecomClient
) -> None:
    wecom.play(FOLLOW, {**OK, "follow_user": ["lisi", "zhang"]})
    assert await client.follow_users() == ("lisi", "zhang")
    (call,) = wecom.to(FOLLOW)
    assert (call.method, call.query) == ("GET", {"access_token": "token-1"})
    assert call.headers["host"] == f"wecom.localhost:{wecom.port}"
    (token,) = wecom.to("/cgi-bin/gettoken")
    assert token.query == {"corpid": "ww1", "corpsecret": "the-secret-of-the-app"}


async def test_many_calls_share_one_token(wecom: PlayedServer, client: WecomClient) -> None:
    wecom.play(FOLLOW, {**OK, "follow_user": []})
    await asyncio.gather(*(client.follow_users() for _ in range(20)))
    assert len(wecom.to("/cgi-bin/gettoken")) == 1
    assert wecom.most_in_flight[FOLLOW] <= 15


async def test_an_old_token_is_replaced_before_it_ends(
    wecom: PlayedServer, client: WecomClient, clock: FixedClock
) -> None:
    await client.follow_users()
    clock.advance(timedelta(seconds=7200 - 301))
    await client.follow_users()
    clock.advance(timedelta(seconds=2))
    await client.follow_users()
    used = [call.query["access_token"] for call in wecom.to(FOLLOW)]
    assert used == ["token-1", "token-1", "token-2"]


@pytest.mark.parametrize("errcode", [40014, 42001, 41001])
async def test_a_dead_token_is_replaced_once(
    wecom: PlayedServer, client: WecomClient, errcode: int
) -> None:
    wecom.play(FOLLOW, dead(errcode), {**OK, "follow_user": ["lisi"]})
    assert await client.follow_users() == ("lisi",)
    assert [call.query["access_token"] for call in wecom.to(FOLLOW)] == ["token-1", "token-2"]


async def test_a_token_that_stays_dead_ends_the_call(
    wecom: PlayedServer, client: WecomClient
) -> None:
    wecom.play(FOLLOW, dead(42001))
    with pytest.raises(WeComError) as caught:
        await client.follow_users()
    assert (caught.value.errcode, caught.value.advice) == (42001, Advice.REFRESH_TOKEN)
    assert len(wecom.to(FOLLOW)) == 2
    assert wecom.tokens == 2


async def test_a_crowd_meeting_a_dead_token_fetches_one_new_one(
    wecom: PlayedServer, client: WecomClient
) -> None:
    await client.follow_users()
    wecom.play(FOLLOW, lambda call: OK if call.query["access_token"] == "token-2" else dead(40014))
    await asyncio.gather(*(client.follow_users() for _ in range(15)))
    assert wecom.tokens == 2


async def test_a_wrong_secret_is_not_tried_again_at_once(
    wecom: PlayedServer, client: WecomClient, gateway: WecomGateway, clock: FixedClock
) -> None:
    wecom.play("/cgi-bin/gettoken", {"errcode": 40001, "errmsg": "invalid credential"})
    for _ in range(3):
        with pytest.raises(WeComError) as caught:
            await client.follow_users()
        assert caught.value.permission is not None
        assert (caught.value.advice, caught.value.permission.key) == (Advice.ASK_ADMIN, "secret")
    assert len(wecom.to("/cgi-bin/gettoken")) == 1
    other = WecomClient(gateway, AppCredentials("ww1", 1000002, "corrected"))
    with pytest.raises(WeComError):
        await other.follow_users()
    assert len(wecom.to("/cgi-bin/gettoken")) == 2
    clock.advance(timedelta(seconds=31))
    wecom.play("/cgi-bin/gettoken", {**OK, "access_token": "t", "expires_in": 7200})
    await client.follow_users()


async def test_busy_is_tried_three_times_with_growing_pauses(
    wecom: PlayedServer, client: WecomClient, naps: Naps
) -> None:
    wecom.play(FOLLOW, BUSY, BUSY, {**OK, "follow_user": ["lisi"]})
    assert await client.follow_users() == ("lisi",)
    first, second = naps.taken
    assert 0.1 <= first <= 0.2 <= second <= 0.4
    wecom.play(FOLLOW, BUSY)
    with pytest.raises(WeComError) as caught:
        await client.follow_users()
    assert caught.value.advice is Advice.RETRY
    assert len(wecom.to(FOLLOW)) == 6


@pytest.mark.parametrize("trouble", [DROP, 502])
async def test_reads_are_repeated_after_an_outside_failure(
    wecom: PlayedServer, client: WecomClient, trouble: object
) -> None:
    wecom.play(FOLLOW, trouble, {**OK, "follow_user": ["lisi"]})
    assert await client.follow_users() == ("lisi",)


@pytest.mark.parametrize(
    ("line", "trouble", "seconds"),
    [(DROP, Trouble.BROKEN, 60), (503, Trouble.SERVER, 60), (HANG, Trouble.TIMEOUT, 0.2)],
)
async def test_what_must_not_happen_twice_is_not_repeated_when_its_outcome_is_unknown(
    wecom: PlayedServer,
    client: WecomClient,
    monkeypatch: pytest.MonkeyPatch,
    line: object,
    trouble: Trouble,
    seconds: float,
) -> None:
    impatient = Endpoint(
        "POST",
        ADD_WAY,
        "92228",
        contact_ways.AddContactWayRequest,
        contact_ways.AddContactWayReply,
        idempotent=False,
        seconds=seconds,
    )
    monkeypatch.setattr(contact_ways, "ADD_CONTACT_WAY", impatient)
    wecom.play(ADD_WAY, line)
    request = contact_ways.AddContactWayRequest(type=1, scene=2, user=["lisi"])
    with pytest.raises(WeComUnreachable) as caught:
        await client.add_contact_way(request)
    assert (caught.value.trouble, caught.value.sent) == (trouble, True)
    assert caught.value.advice is Advice.RETRY
    assert len(wecom.to(ADD_WAY)) == 1


async def test_nobody_there_is_tried_again_even_for_writes(
    http: httpx.AsyncClient, clock: FixedClock, naps: Naps, app: AppCredentials
) -> None:
    closed = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = closed.sockets[0].getsockname()[1]
    closed.close()
    await closed.wait_closed()
    observed: list[CallRecord] = []
    gateway = WecomGateway(
        http,
        InProcessTokenStore(clock),
        clock,
        base=f"http://127.0.0.1:{port}",
        sleep=naps,
        observe=observed.append,
    )
    with pytest.raises(WeComUnreachable) as caught:
        await WecomClient(gateway, app).notify(["lisi"], "hello")
    assert caught.value.sent is False
    assert [record.errcode for record in observed] == [None] * 3


async def test_a_refusal_after_silence_says_that_the_call_may_have_worked(
    wecom: PlayedServer, client: WecomClient
) -> None:
    wecom.play(WELCOME, DROP, {"errcode": 41051, "errmsg": "started"})
    with pytest.raises(WeComError) as caught:
        await client.send_welcome("CODE", text="你好")
    assert caught.value.after_unknown
    wecom.play(WELCOME, {"errcode": 41051, "errmsg": "started"})
    with pytest.raises(WeComError) as caught:
        await client.send_welcome("CODE", text="你好")
    assert not caught.value.after_unknown
    assert (caught.value.advice, caught.value.subject) == (Advice.GIVE_UP, "welcome")


async def test_a_used_up_quota_stops_the_endpoint_and_says_until_when(
    wecom: PlayedServer, client: WecomClient, clock: FixedClock
) -> None:
    wecom.play(FOLLOW, {"errcode": 45009, "errmsg": "api freq out of limit"})
    begun = clock.now()
    for _ in range(3):
        with pytest.raises(QuotaExhausted) as caught:
            await client.follow_users()
        assert caught.value.retry_at == begun + timedelta(minutes=1)
    assert len(wecom.to(FOLLOW)) == 1
    await client.corp_tags()  # other endpoints go on


async def test_who_has_patience_waits_for_quota(
    wecom: PlayedServer, client: WecomClient, naps: Naps
) -> None:
    wecom.play(FOLLOW, {"errcode": 45009, "errmsg": ""}, {**OK, "follow_user": ["lisi"]})
    reply = await client.call(contacts.LIST_FOLLOW_USERS, Nothing(), patience=timedelta(minutes=2))
    assert reply.follow_user == ("lisi",)
    assert sum(naps.taken) == pytest.approx(60, abs=1)


async def test_the_welcome_is_sent_in_the_documented_shape(
    wecom: PlayedServer, client: WecomClient
) -> None:
    link = LinkAttachment(link=Link(title="新人礼", url="https://shop.example/l/1"))
    await client.send_welcome("CODE", text="你好，欢迎", attachments=[link])
    (call,) = wecom.to(WELCOME)
    assert call.headers["content-type"] == "application/json"
    assert call.json == {
        "welcome_code": "CODE",
        "text": {"content": "你好，欢迎"},
        "attachments": [
            {"msgtype": "link", "link": {"title": "新人礼", "url": "https://shop.example/l/1"}}
        ],
    }


async def test_broken_rules_are_told_before_anything_is_sent(
    wecom: PlayedServer, client: WecomClient
) -> None:
    with pytest.raises(RequestRefused) as caught:
        await client.send_welcome("CODE")
    assert [violation.field for violation in caught.value.violations] == ["text"]
    assert caught.value.sentence == "text：欢迎语需要文字或附件"
    assert wecom.calls == []


async def test_customers_with_many_followers_come_whole(
    wecom: PlayedServer, client: WecomClient
) -> None:
    def page(call: Call) -> dict[str, object]:
        at = call.query.get("cursor", "")
        following = {"": "c1", "c1": "c2", "c2": ""}[at]
        return {
            **OK,
            "external_contact": {"external_userid": "wm1", "name": "王"},
            "follow_user": [{"userid": f"after-{at}", "createtime": 1}],
            "next_cursor": following,
        }

    wecom.play("/cgi-bin/externalcontact/get", page)
    whole = await client.contact("wm1")
    assert [user.userid for user in whole.follow_user] == ["after-", "after-c1", "after-c2"]
    assert whole.next_cursor == ""


async def test_paging_resumes_from_a_cursor_and_ends(
    wecom: PlayedServer, client: WecomClient
) -> None:
    def page(call: Call) -> dict[str, object]:
        at = call.json.get("cursor")
        return {**OK, "external_contact_list": [], **({"next_cursor": "c2"} if at == "c1" else {})}

    wecom.play("/cgi-bin/externalcontact/batch/get_by_user", page)
    seen = [page.next_cursor async for page in client.contacts_of(["a", "b"], cursor="c1")]
    assert seen == ["c2", ""]
    first, second = wecom.to("/cgi-bin/externalcontact/batch/get_by_user")
    assert first.json == {"userid_list": ["a", "b"], "limit": 100, "cursor": "c1"}
    assert second.json["cursor"] == "c2"


async def test_a_page_that_names_itself_as_next_ends_in_an_error(
    wecom: PlayedServer, client: WecomClient
) -> None:
    wecom.play("/cgi-bin/user/list_id", {**OK, "dept_user": [], "next_cursor": "same"})
    with pytest.raises(WeComUnreadable):
        [membership async for membership in client.memberships()]
    assert len(wecom.to("/cgi-bin/user/list_id")) == 2


async def test_no_customers_is_an_empty_answer(wecom: PlayedServer, client: WecomClient) -> None:
    none = {"errcode": 84061, "errmsg": "not exist contact relationship"}
    wecom.play("/cgi-bin/externalcontact/list", none)
    wecom.play("/cgi-bin/externalcontact/batch/get_by_user", none)
    assert await client.contact_ids("lisi") == ()
    assert [page async for page in client.contacts_of(["lisi"])] == []


@pytest.mark.parametrize(
    "answer",
    [b"<html>proxy</html>", b"[]", b"", {"errcode": "zero"}, {"errcode": 0, "ticket": {}}, 404],
)
async def test_answers_of_another_shape_are_named_so(
    wecom: PlayedServer, client: WecomClient, answer: object
) -> None:
    wecom.play("/cgi-bin/get_jsapi_ticket", answer)
    with pytest.raises(WeComUnreadable):
        await client.call(auth.GET_JSAPI_TICKET, Nothing())


async def test_uploads_are_multipart_with_the_file_name(
    wecom: PlayedServer, client: WecomClient
) -> None:
    wecom.play("/cgi-bin/media/upload", {**OK, "media_id": "m1", "created_at": "1380000000"})
    reply = await client.upload_media("image", "封面.png", b"\x89PNG-bytes")
    assert (reply.media_id, reply.created_at) == ("m1", 1380000000)
    (call,) = wecom.to("/cgi-bin/media/upload")
    assert call.query == {"access_token": "token-1", "type": "image"}
    assert call.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="media"; filename="\xe5\xb0\x81\xe9\x9d\xa2.png"' in call.body
    assert b"\x89PNG-bytes" in call.body


async def test_messages_to_staff_keep_the_wire_shape(
    wecom: PlayedServer, client: WecomClient
) -> None:
    wecom.play("/cgi-bin/message/send", {**OK, "msgid": "m", "invaliduser": "b"})
    reply = await client.notify(["a", "b"], "有新客户")
    assert reply.invaliduser == "b"
    (call,) = wecom.to("/cgi-bin/message/send")
    assert call.json == {
        "agentid": 1000002,
        "touser": "a|b",
        "msgtype": "text",
        "text": {"content": "有新客户"},
    }


async def test_unknown_fields_stay_in_the_raw_answer(
    wecom: PlayedServer, client: WecomClient
) -> None:
    answer = {**OK, "contact_way": {"config_id": "c", "of_tomorrow": [1]}, "more": {"a": 1}}
    wecom.play("/cgi-bin/externalcontact/get_contact_way", answer)
    reply = await client.call(
        contact_ways.GET_CONTACT_WAY, contact_ways.ContactWayRequest(config_id="c")
    )
    assert reply.raw == answer
    assert reply.contact_way.config_id == "c"


async def test_secrets_and_tokens_show_nowhere(
    wecom: PlayedServer,
    client: WecomClient,
    observed: list[CallRecord],
    caplog: pytest.LogCaptureFixture,
) -> None:
    wecom.play(FOLLOW, {"errcode": 48002, "errmsg": "api forbidden"})
    with caplog.at_level("DEBUG"), pytest.raises(WeComError) as caught:
        await client.follow_users()
    told = f"{caught.value!r} {caught.value.sentence} {client.app!r} {observed!r}"
    request = auth.TokenRequest(corpid="ww1", corpsecret="the-secret-of-the-app")
    told += f"{request!r} {caplog.text}"
    assert "the-secret" not in told
    assert "token-1" not in told
    assert [(record.path, record.errcode) for record in observed] == [
        ("/cgi-bin/gettoken", 0),
        (FOLLOW, 48002),
    ]


async def test_clients_are_found_by_tenant(
    wecom: PlayedServer, gateway: WecomGateway, app: AppCredentials
) -> None:
    class Source:
        async def app_credentials(self, tenant_id: int) -> AppCredentials:
            return {7: app}[tenant_id]

    client = await WecomClients(gateway, Source()).of_tenant(7)
    assert client.app == app
    wecom.play("/cgi-bin/agent/get", {**OK, "agentid": 1000002, "close": 0, "name": "思域"})
    agent = await client.agent()
    assert (agent.name, agent.close) == ("思域", False)
    assert msgspec.structs.asdict(agent)["raw"]["name"] == "思域"
