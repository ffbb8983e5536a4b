"""The official account and the mini program against a played WeChat: odd answers, dead tokens."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from played import DROP, PlayedServer

from siyu.channels.wechat.api import Account
from siyu.channels.wechat.errors import WeChatError, WeChatUnreachable, WeChatUnreadable
from siyu.channels.wechat.messages import VALUE_LENGTHS, MiniSubscriptionRequest, Value
from siyu.channels.wechat.mini_program import MiniProgram
from siyu.channels.wechat.official import OfficialAccount
from siyu.channels.wecom.limits import violations
from siyu.channels.wecom.tokens import InProcessTokenStore
from siyu.channels.wecom.verdicts import Advice
from siyu.core.clock import FixedClock

STABLE, SEND = "/cgi-bin/stable_token", "/cgi-bin/message/template/send"


@pytest.fixture
def official(wecom: PlayedServer, http: httpx.AsyncClient, clock: FixedClock) -> OfficialAccount:
    wecom.play(STABLE, *({"access_token": f"t{n}", "expires_in": 7200} for n in (1, 2)))
    tokens = InProcessTokenStore(clock)
    return OfficialAccount(http, tokens, clock, Account("wx1", "s"), base=wecom.base)


@pytest.fixture
def program(wecom: PlayedServer, http: httpx.AsyncClient, clock: FixedClock) -> MiniProgram:
    wecom.play(STABLE, {"access_token": "t1", "expires_in": 7200})
    tokens = InProcessTokenStore(clock)
    return MiniProgram(http, tokens, clock, Account("wx2", "s"), base=wecom.base)


async def test_odd_followers_are_read(wecom: PlayedServer, official: OfficialAccount) -> None:
    wecom.play("/cgi-bin/user/info/batchget", {"user_info_list": [
        {"openid": "o1", "subscribe": "1", "subscribe_time": "12", "tagid_list": None, "new": 1},
        {"openid": "o2", "subscribe_time": "", "qr_scene_str": None},
        {"subscribe": 1},
    ]})  # fmt: skip
    one, two = await official.followers.some(["o1", "o2", "o3"])
    assert (one.subscribe, one.subscribe_time, one.tagid_list) == (1, 12, ())
    assert (two.subscribe, two.qr_scene_str) == (0, "")


async def test_the_last_page_of_followers_may_name_itself(
    wecom: PlayedServer, official: OfficialAccount
) -> None:
    page = {"total": 2, "count": 2, "data": {"openid": ["o1", "o2"]}, "next_openid": "o2"}
    wecom.play("/cgi-bin/user/get", page, {"total": 2, "count": 0, "next_openid": "o2"})
    assert [openid async for openid in official.followers.openids()] == ["o1", "o2"]
    first, second = wecom.to("/cgi-bin/user/get")
    assert "next_openid" not in first.query
    assert second.query["next_openid"] == "o2"


async def test_a_message_is_not_sent_twice(wecom: PlayedServer, official: OfficialAccount) -> None:
    wecom.play(SEND, DROP)
    with pytest.raises(WeChatUnreachable) as caught:
        await official.messages.send_template("o1", "T", {"a": "b"})
    assert caught.value.sent
    assert len(wecom.to(SEND)) == 1
    wecom.play(SEND, {"errcode": 40001, "errmsg": "invalid"}, {"errcode": 0, "msgid": "12"})
    assert await official.messages.send_template("o1", "T", {"a": "b"}) == 12
    assert [call.query["access_token"] for call in wecom.to(SEND)][-2:] == ["t1", "t2"]
    assert wecom.to(SEND)[-1].json == {
        "touser": "o1", "template_id": "T", "data": {"a": {"value": "b"}},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("errcode", "advice"),
    [
        (43004, Advice.GONE),
        (43101, Advice.GIVE_UP),
        (40037, Advice.ASK_ADMIN),
        (45009, Advice.WAIT),
        (47003, Advice.BUG),
        (99999, Advice.GIVE_UP),
    ],
)
async def test_each_errcode_says_what_to_do(
    wecom: PlayedServer, official: OfficialAccount, errcode: int, advice: Advice
) -> None:
    wecom.play(SEND, {"errcode": errcode, "errmsg": "no"})
    with pytest.raises(WeChatError) as caught:
        await official.messages.send_template("o1", "T", {})
    assert caught.value.advice is advice
    assert str(errcode) in caught.value.sentence


async def test_odd_sessions_and_phones(wecom: PlayedServer, program: MiniProgram) -> None:
    wecom.play("/sns/jscode2session", {"openid": "o1", "session_key": None, "unionid": ""})
    assert (await program.signed_in("c")).openid == "o1"
    phone = {"purePhoneNumber": 13800138000, "countryCode": 86, "watermark": ""}
    wecom.play("/wxa/business/getuserphonenumber", {"errcode": 0, "phone_info": phone})
    found = await program.phone("c")
    assert (found.bare_number, found.country_code, found.watermark.appid) == (
        "13800138000", "86", "",
    )  # fmt: skip
    wecom.play("/wxa/business/getuserphonenumber", {"errcode": 0})
    with pytest.raises(WeChatUnreadable):
        await program.phone("c")


@given(st.sampled_from(sorted(VALUE_LENGTHS)), st.integers(0, 40), st.integers(1, 9))
def test_a_value_is_as_long_as_its_kind_allows(kind: str, length: int, number: int) -> None:
    data = {f"{kind}{number}": Value(value="长" * length)}
    request = MiniSubscriptionRequest(touser="o1", template_id="T", data=data)
    broken = [violation.field for violation in violations(request)]
    assert broken == ([] if length <= VALUE_LENGTHS[kind] else [f"data.{kind}{number}"])
