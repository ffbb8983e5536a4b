"""Pages: signatures of the JS-SDK, and the way to the authorization page and back."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from played import PlayedServer

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.jssdk import sign_page
from siyu.channels.wecom.oauth import authorize_url, check_state, generate_state, login_url
from siyu.core.clock import FixedClock

# the worked example of the official documentation (doc 90506)
TICKET = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
ADDRESS = "http://mp.weixin.qq.com?params=value"


def test_the_documented_signature_comes_out() -> None:
    signature = sign_page(TICKET, "Wm3WZYTPz0wzccnW", 1414587457, ADDRESS)
    assert signature == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"
    with_fragment = sign_page(TICKET, "Wm3WZYTPz0wzccnW", 1414587457, f"{ADDRESS}#top")
    assert with_fragment == signature


async def test_pages_are_signed_with_the_ticket_of_their_kind(
    wecom: PlayedServer, client: WecomClient, clock: FixedClock
) -> None:
    wecom.play("/cgi-bin/get_jsapi_ticket", {"errcode": 0, "ticket": "corp", "expires_in": 7200})
    wecom.play("/cgi-bin/ticket/get", {"errcode": 0, "ticket": "agent", "expires_in": 7200})
    url = "https://s.example/staff/?a=1#x"
    for _ in range(2):
        config = await client.page_config(url)
        agent = await client.page_agent_config(url)
    assert config.signature == sign_page("corp", config.nonce_str, config.timestamp, url)
    assert agent.signature == sign_page("agent", agent.nonce_str, agent.timestamp, url)
    assert (config.app_id, config.agent_id) == ("ww1", None)
    assert (agent.app_id, agent.agent_id) == ("ww1", 1000002)
    assert msgspec.to_builtins(agent).keys() == {
        "appId", "timestamp", "nonceStr", "signature", "agentId",
    }  # fmt: skip
    assert wecom.to("/cgi-bin/ticket/get")[0].query["type"] == "agent_config"
    assert len(wecom.to("/cgi-bin/get_jsapi_ticket")) == len(wecom.to("/cgi-bin/ticket/get")) == 1
    clock.advance(timedelta(hours=2))
    await client.page_config(url)
    assert len(wecom.to("/cgi-bin/get_jsapi_ticket")) == 2


def test_the_authorization_address_is_the_documented_one() -> None:
    url = authorize_url("ww1", "http://s-1.siyu.localhost:8000/staff/oauth?x=1", "S1", agent_id=7)
    assert url == (
        "https://open.weixin.qq.com/connect/oauth2/authorize?appid=ww1"
        "&redirect_uri=http%3A%2F%2Fs-1.siyu.localhost%3A8000%2Fstaff%2Foauth%3Fx%3D1"
        "&response_type=code&scope=snsapi_base&state=S1&agentid=7#wechat_redirect"
    )


def test_the_login_address_takes_another_base() -> None:
    url = login_url("ww1", "https://a.example/in", "S1", agent_id=7, base="http://w.localhost:1/")
    parts = urlsplit(url)
    assert (parts.netloc, parts.path) == ("w.localhost:1", "/wwlogin/sso/login")
    assert parse_qs(parts.query) == {
        "login_type": ["CorpApp"],
        "appid": ["ww1"],
        "agentid": ["7"],
        "redirect_uri": ["https://a.example/in"],
        "state": ["S1"],
    }


@pytest.mark.parametrize("state", ["", "a" * 129, "a-b", "状态", "a\n"])
def test_states_wecom_would_refuse_are_refused_here(state: str) -> None:
    with pytest.raises(ValueError, match="state"):
        authorize_url("ww1", "https://a.example", state, agent_id=1)


def test_generated_states_are_fit_and_differ() -> None:
    states = {generate_state() for _ in range(50)}
    assert len(states) == 50
    for state in states:
        assert check_state(state) == state


async def test_the_code_tells_staff_from_customers(
    wecom: PlayedServer, client: WecomClient
) -> None:
    path = "/cgi-bin/auth/getuserinfo"
    wecom.play(path, {"errcode": 0, "userid": "lisi", "user_ticket": "UT"})
    assert (await client.signed_in("CODE")).userid == "lisi"
    wecom.play(path, {"errcode": 0, "openid": "o1", "external_userid": "wm1"})
    visitor = await client.signed_in("CODE")
    assert (visitor.userid, visitor.external_userid) == ("", "wm1")
    assert wecom.to(path)[0].query == {"access_token": "token-1", "code": "CODE"}
    wecom.play("/cgi-bin/auth/getuserdetail", {"errcode": 0, "userid": "lisi", "gender": "2"})
    assert (await client.private_details("UT")).gender == 2
