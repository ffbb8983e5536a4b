"""The official account against a played WeChat: visitors, snapshots, tokens, share cards."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from played import DROP, PlayedServer

from siyu.channels.wechat.errors import (
    SnapshotVisitor,
    WeChatError,
    WeChatUnreachable,
    WeChatUnreadable,
)
from siyu.channels.wechat.oauth import authorize_url
from siyu.channels.wechat.official import OfficialAccount, OfficialAccountCredentials
from siyu.channels.wecom.jssdk import sign_page
from siyu.channels.wecom.tokens import InProcessTokenStore
from siyu.channels.wecom.verdicts import Advice
from siyu.core.clock import FixedClock

ACCESS = "/sns/oauth2/access_token"
STABLE = "/cgi-bin/stable_token"
TICKET = "/cgi-bin/ticket/getticket"
VISITOR = {"openid": "o1", "access_token": "at", "expires_in": 7200, "scope": "snsapi_userinfo"}


@pytest.fixture
def account(wecom: PlayedServer, http: httpx.AsyncClient, clock: FixedClock) -> OfficialAccount:
    wecom.play(STABLE, *({"access_token": f"t{n}", "expires_in": 7200} for n in (1, 2)))
    wecom.play(TICKET, {"errcode": 0, "errmsg": "ok", "ticket": "tick", "expires_in": 7200})
    credentials = OfficialAccountCredentials("wx1", "the-secret")
    return OfficialAccount(http, InProcessTokenStore(clock), clock, credentials, base=wecom.base)


def test_the_authorization_address_is_the_documented_one() -> None:
    url = authorize_url(
        "wx1",
        "https://a.example/h/oauth",
        "S1",
        scope="snsapi_userinfo",
        base="http://w.localhost:1",
    )
    parts = urlsplit(url)
    assert (parts.netloc, parts.path, parts.fragment) == (
        "w.localhost:1", "/connect/oauth2/authorize", "wechat_redirect",
    )  # fmt: skip
    assert parse_qs(parts.query) == {
        "appid": ["wx1"],
        "redirect_uri": ["https://a.example/h/oauth"],
        "response_type": ["code"],
        "scope": ["snsapi_userinfo"],
        "state": ["S1"],
    }


async def test_a_visitor_and_what_they_show(wecom: PlayedServer, account: OfficialAccount) -> None:
    wecom.play(ACCESS, {**VISITOR, "unionid": "u1"})
    wecom.play("/sns/userinfo", {"openid": "o1", "nickname": "芳", "sex": "2", "unionid": "u1"})
    visitor = await account.signed_in("CODE")
    assert (visitor.openid, visitor.unionid) == ("o1", "u1")
    assert wecom.to(ACCESS)[0].query == {
        "appid": "wx1", "secret": "the-secret", "code": "CODE", "grant_type": "authorization_code",
    }  # fmt: skip
    profile = await account.profile(visitor)
    assert (profile.nickname, profile.sex, profile.unionid) == ("芳", 2, "u1")
    assert "at" not in repr(visitor).replace("Visitor", "")


async def test_a_snapshot_is_no_evidence(wecom: PlayedServer, account: OfficialAccount) -> None:
    wecom.play(ACCESS, {**VISITOR, "is_snapshotuser": 1})
    with pytest.raises(SnapshotVisitor) as caught:
        await account.signed_in("CODE")
    assert "使用完整服务" in caught.value.sentence


@pytest.mark.parametrize("errcode", [40029, 40163])
async def test_a_used_or_wrong_code_restarts_the_sign_in(
    wecom: PlayedServer, account: OfficialAccount, errcode: int
) -> None:
    wecom.play(ACCESS, {"errcode": errcode, "errmsg": "code"})
    with pytest.raises(WeChatError) as caught:
        await account.signed_in("CODE")
    assert caught.value.advice is Advice.GIVE_UP
    assert "重新打开" in caught.value.sentence


async def test_a_code_is_never_tried_twice(wecom: PlayedServer, account: OfficialAccount) -> None:
    wecom.play(ACCESS, DROP)
    with pytest.raises(WeChatUnreachable):
        await account.signed_in("CODE")
    assert len(wecom.to(ACCESS)) == 1


async def test_share_cards_are_signed_and_their_ticket_kept(
    wecom: PlayedServer, account: OfficialAccount
) -> None:
    url = "http://p-1.siyu.localhost:8000/a/x?t=1"
    config = await account.page_config(url)
    await account.page_config(url)
    assert config.app_id == "wx1"
    assert config.signature == sign_page("tick", config.nonce_str, config.timestamp, url)
    (ticket,) = wecom.to(TICKET)
    assert ticket.query == {"access_token": "t1", "type": "jsapi"}
    (token,) = wecom.to(STABLE)
    assert token.json == {
        "grant_type": "client_credential",
        "appid": "wx1",
        "secret": "the-secret",
        "force_refresh": False,
    }


async def test_a_dead_token_is_replaced_once(wecom: PlayedServer, account: OfficialAccount) -> None:
    good = {"errcode": 0, "ticket": "tick", "expires_in": 7200}
    wecom.play(TICKET, {"errcode": 40001, "errmsg": "invalid credential"}, good)
    await account.page_config("https://a.example/")
    assert [call.query["access_token"] for call in wecom.to(TICKET)] == ["t1", "t2"]
    assert [call.json["force_refresh"] for call in wecom.to(STABLE)] == [False, True]


async def test_missing_permissions_go_to_the_admin(
    wecom: PlayedServer, account: OfficialAccount
) -> None:
    wecom.play(STABLE, {"errcode": 40164, "errmsg": "invalid ip 203.0.113.7, not in whitelist"})
    with pytest.raises(WeChatError) as caught:
        await account.access_token()
    assert caught.value.advice is Advice.ASK_ADMIN
    assert "白名单" in caught.value.sentence


async def test_busy_and_dropped_reads_are_tried_again(
    wecom: PlayedServer, account: OfficialAccount
) -> None:
    good = {"errcode": 0, "ticket": "tick", "expires_in": 7200}
    wecom.play(TICKET, {"errcode": -1, "errmsg": "busy"}, good)
    await account.page_config("https://a.example/")
    wecom.play(STABLE, DROP, {"access_token": "t9", "expires_in": 7200})
    assert await account.access_token(rejected="t1") == "t9"


@pytest.mark.parametrize("answer", [b"<html>", b"[]", {"errcode": "x"}, {"openid": "o1"}])
async def test_answers_of_another_shape_are_named_so(
    wecom: PlayedServer, account: OfficialAccount, answer: object
) -> None:
    wecom.play(ACCESS, answer)
    with pytest.raises(WeChatUnreadable):
        await account.signed_in("CODE")
