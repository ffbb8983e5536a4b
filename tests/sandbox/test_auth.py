"""Tokens, permissions, OAuth, limits."""

import asyncio
import hashlib
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from outside import Outside
from worlds import AGENT, OTHER_AGENT, WorldClient, running

from siyu.sandbox.settings import SandboxSettings


async def test_a_token_stays_the_same_for_two_hours_and_over_a_restart(
    settings: SandboxSettings,
) -> None:
    async with running(settings) as world:
        first = world.token
        assert 200 <= len(first) <= 512
        assert await world.login() == first
    async with running(settings) as world:
        assert world.token == first
        await world.advance(7200)
        assert (await world.fetch("agent/get", agentid=AGENT))["errcode"] == 42001
        second = await world.login()
        assert second != first
        assert (await world.fetch("agent/get", agentid=AGENT))["name"] == "私域助手"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, 41002),
        ({"corpid": "right"}, 41004),
        ({"corpid": "ww1", "corpsecret": "x"}, 40013),
        ({"corpid": "right", "corpsecret": "x"}, 40001),
    ],
)
async def test_wrong_credentials(world: WorldClient, query: dict[str, str], code: int) -> None:
    query = {k: world.corpid if v == "right" else v for k, v in query.items()}
    answer = await world.call_free("gettoken", **query)
    assert answer["errcode"] == code
    assert answer["errmsg"].endswith(f"devtool/query?e={code}")


async def test_calls_without_a_living_token(world: WorldClient) -> None:
    assert (await world.call_free("agent/get", agentid=AGENT))["errcode"] == 41001
    made_up = await world.call_free("agent/get", access_token="made-up", agentid=AGENT)
    assert made_up["errcode"] == 40014
    await world.control("POST", f"admin/app/{AGENT}/expire-token")
    assert (await world.fetch("agent/get", agentid=AGENT))["errcode"] == 40014
    await world.login()
    await world.control("POST", f"admin/app/{AGENT}/reset-secret")
    answer = await world.call_free("gettoken", corpid=world.corpid, corpsecret=world.secret(AGENT))
    assert answer["errcode"] == 40001


async def test_permissions_belong_to_the_app(world: WorldClient) -> None:
    await world.login(OTHER_AGENT)
    for path in ("department/list", "externalcontact/get_follow_user_list"):
        assert (await world.fetch(path))["errcode"] == 48002
    # An invalid welcome code tells whether the permission is there, and changes nothing.
    probe = {"welcome_code": "probe", "text": {"content": "x"}}
    assert (await world.call("externalcontact/send_welcome_msg", **probe))["errcode"] == 48002
    await world.control("PUT", f"admin/app/{OTHER_AGENT}/permissions", {"customer_contact": True})
    assert (await world.call("externalcontact/send_welcome_msg", **probe))["errcode"] == 41050
    assert (await world.fetch("agent/get", agentid=AGENT))["errcode"] == 301002


async def test_methods_paths_and_bodies(world: WorldClient) -> None:
    assert (await world.fetch("externalcontact/remark"))["errcode"] == 43002
    assert (await world.call("externalcontact/list"))["errcode"] == 43001
    unknown = await world.http.get("/cgi-bin/nothing/here", params={"access_token": world.token})
    assert unknown.status_code == 404
    url = "/cgi-bin/externalcontact/remark"
    broken = await world.http.post(url, params={"access_token": world.token}, content=b"{")
    assert broken.json()["errcode"] == 47001
    assert "Warning: wrong json format" in broken.json()["errmsg"]
    wrong = await world.http.post(url, params={"access_token": world.token}, json={"remark": []})
    assert wrong.json()["errcode"] == 40035


async def test_beyond_the_limit_the_endpoint_is_shut_for_a_minute(world: WorldClient) -> None:
    await world.switch(per_minute=5)
    codes = [(await world.fetch("get_api_domain_ip"))["errcode"] for _ in range(12)]
    assert codes[-1] == 45009
    assert codes.count(0) <= 10  # two windows at most
    assert (await world.fetch("getcallbackip"))["errcode"] == 0  # each endpoint on its own
    await world.switch(per_minute=10_000)
    assert (await world.fetch("get_api_domain_ip"))["errcode"] == 45009
    await world.advance(61)
    assert (await world.fetch("get_api_domain_ip"))["errcode"] == 0


def _oauth(world: WorldClient, outside: Outside, who: str, **more: str) -> dict[str, str]:
    return {
        "appid": world.corpid,
        "redirect_uri": f"http://{who}.{outside.domain}/back?x=1",
        "response_type": "code",
        "scope": "snsapi_base",
        "state": "S1",
        "agentid": str(AGENT),
    } | more


async def _code(world: WorldClient, query: dict[str, str]) -> str:
    response = await world.http.get("/connect/oauth2/authorize", params=query)
    assert response.status_code == 302, response.text
    back = urlsplit(response.headers["location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == query["redirect_uri"].partition("?")[0]
    answer = parse_qs(back.query)
    assert answer["state"] == ["S1"]
    assert answer.get("x") == ["1"]
    return answer["code"][0]


async def test_staff_sign_in_once_per_code(connected: WorldClient, outside: Outside) -> None:
    code = await _code(connected, _oauth(connected, outside, "s-linxiaoyue"))
    first = await connected.fetch("auth/getuserinfo", code=code)
    assert first == {"errcode": 0, "errmsg": "ok", "userid": "linxiaoyue"}
    assert (await connected.fetch("auth/getuserinfo", code=code))["errcode"] == 42022
    assert (await connected.fetch("auth/getuserinfo", code="no"))["errcode"] == 40029
    old = await _code(connected, _oauth(connected, outside, "s-linxiaoyue"))
    await connected.advance(301)
    assert (await connected.fetch("auth/getuserinfo", code=old))["errcode"] == 42003


async def test_private_info_needs_its_ticket(connected: WorldClient, outside: Outside) -> None:
    query = _oauth(connected, outside, "s-wutao", scope="snsapi_privateinfo")
    info = await connected.fetch("auth/getuserinfo", code=await _code(connected, query))
    detail = await connected.ok("auth/getuserdetail", user_ticket=info["user_ticket"])
    assert detail["userid"] == "wutao"
    assert re.fullmatch(r"1\d{10}", detail["mobile"])
    portrait = await connected.http.get(urlsplit(detail["avatar"]).path)
    assert portrait.headers["content-type"].startswith("image/svg+xml")


async def test_a_customer_is_an_outsider_until_added(
    connected: WorldClient, outside: Outside
) -> None:
    person = await connected.person()
    query = _oauth(connected, outside, f"p-{person['id']}")
    stranger = await connected.fetch("auth/getuserinfo", code=await _code(connected, query))
    assert "external_userid" not in stranger
    assert stranger["openid"]
    await connected.scan(person["id"], await connected.way("wutao"))
    known = await connected.fetch("auth/getuserinfo", code=await _code(connected, query))
    assert known["external_userid"] == person["external_userid"]
    assert known["openid"] == stranger["openid"]


async def test_only_the_trusted_domain_gets_a_code(
    connected: WorldClient, outside: Outside
) -> None:
    for wrong in (
        {"redirect_uri": "http://s-wutao.evil.localhost:1/back"},
        {"redirect_uri": f"http://s-wutao.{outside.domain}0/back"},
        {"agentid": str(OTHER_AGENT)},
    ):
        query = _oauth(connected, outside, "s-wutao", **wrong)
        page = await connected.http.get("/connect/oauth2/authorize", params=query)
        assert page.status_code == 200
        assert "50001" in page.text


async def test_without_a_name_in_the_host_the_page_asks(
    connected: WorldClient, outside: Outside
) -> None:
    query = _oauth(connected, outside, "s-wutao", redirect_uri=f"{outside.url}/back?x=1")
    page = await connected.http.get("/connect/oauth2/authorize", params=query)
    assert 'data-who="s-wutao"' in page.text
    assert 'data-who="p-1"' in page.text
    code = await _code(connected, query | {"as": "s-wutao"})
    assert (await connected.fetch("auth/getuserinfo", code=code))["userid"] == "wutao"
    login = {k: v for k, v in query.items() if k not in {"scope", "response_type"}}
    page = await connected.http.get("/wwlogin/sso/login", params=login)
    assert 'data-who="s-wutao"' in page.text
    assert 'data-who="p-1"' not in page.text


def _official(world: WorldClient, outside: Outside, person: int, scope: str) -> dict[str, str]:
    return _oauth(
        world, outside, f"p-{person}", appid=world.state["official"]["appid"], scope=scope
    )


async def _exchange(world: WorldClient, code: str) -> dict[str, object]:
    official = world.state["official"]
    response = await world.http.get(
        "/sns/oauth2/access_token",
        params={
            "appid": official["appid"],
            "secret": official["secret"],
            "code": code,
            "grant_type": "authorization_code",
        },
    )
    return dict(response.json())


async def test_the_official_account_knows_a_person_by_unionid(
    connected: WorldClient, outside: Outside
) -> None:
    person = await connected.person()
    silent = await _code(connected, _official(connected, outside, person["id"], "snsapi_base"))
    base = await _exchange(connected, silent)
    assert "unionid" not in base
    assert "errcode" not in base
    assert (await _exchange(connected, silent))["errcode"] == 40163
    asked = await _code(connected, _official(connected, outside, person["id"], "snsapi_userinfo"))
    full = await _exchange(connected, asked)
    assert full["unionid"] == person["unionid"]
    assert full["openid"] == base["openid"]
    info = await connected.http.get(
        "/sns/userinfo",
        params={"access_token": str(full["access_token"]), "openid": str(full["openid"])},
    )
    assert info.json()["nickname"] == person["name"]
    assert info.json()["unionid"] == person["unionid"]


async def test_a_snapshot_user_is_nobody(connected: WorldClient, outside: Outside) -> None:
    person = await connected.person()
    await connected.control("PATCH", f"people/{person['id']}", {"snapshot": True})
    query = _official(connected, outside, person["id"], "snsapi_userinfo")
    answers = [await _exchange(connected, await _code(connected, query)) for _ in range(2)]
    assert [a["is_snapshotuser"] for a in answers] == [1, 1]
    assert "unionid" not in answers[0]
    assert answers[0]["openid"] == answers[1]["openid"]


async def test_the_official_accounts_own_tokens(connected: WorldClient) -> None:
    official = connected.state["official"]
    body = {
        "grant_type": "client_credential",
        "appid": official["appid"],
        "secret": official["secret"],
    }
    one = (await connected.http.post("/cgi-bin/stable_token", json=body)).json()
    two = (await connected.http.post("/cgi-bin/stable_token", json=body)).json()
    assert one["access_token"] == two["access_token"]
    assert "errcode" not in one
    plain = (await connected.http.get("/cgi-bin/token", params=body)).json()
    assert plain["access_token"] != one["access_token"]
    ticket = {"access_token": plain["access_token"], "type": "jsapi"}
    answer = (await connected.http.get("/cgi-bin/ticket/getticket", params=ticket)).json()
    assert answer["errcode"] == 0
    assert answer["ticket"]
    wrong = body | {"secret": "0" * 32}
    assert (await connected.http.get("/cgi-bin/token", params=wrong)).json()["errcode"] == 40125


async def _signed(world: WorldClient, outside: Outside, who: str, kind: str) -> dict[str, object]:
    if kind == "config":
        ticket = (await world.fetch("get_jsapi_ticket"))["ticket"]
    else:
        ticket = (await world.fetch("ticket/get", type="agent_config"))["ticket"]
    url = f"http://{who}.{outside.domain}/staff/?a=1"
    text = f"jsapi_ticket={ticket}&noncestr=n&timestamp=1&url={url}"
    return {
        "kind": kind,
        "appid": world.corpid,
        "agentid": str(AGENT),
        "timestamp": "1",
        "noncestr": "n",
        "signature": hashlib.sha1(text.encode()).hexdigest(),  # noqa: S324  the protocol fixes SHA-1
        "url": url + "#/customers",
    }


async def _js(world: WorldClient, path: str, body: dict[str, object]) -> dict[str, object]:
    response = await world.http.post(
        f"/jsapi/{path}", json=body, headers={"origin": "https://shop.example"}
    )
    assert response.headers["access-control-allow-origin"] == "*"
    return dict(response.json())


async def test_the_scripts_deliver_only_for_signed_pages(
    connected: WorldClient, outside: Outside
) -> None:
    page = await _signed(connected, outside, "s-wutao", "agentConfig")
    forged = await _js(connected, "check", page | {"signature": "0" * 40})
    assert forged == {"errMsg": "agentConfig:invalid signature", "errCode": 40093}
    config = await _js(connected, "check", await _signed(connected, outside, "s-wutao", "config"))
    assert config["errMsg"] == "config:ok"
    session = (await _js(connected, "check", page))["session"]
    call = {"session": session, "name": "getCurExternalContact", "url": page["url"]}
    assert "fail" in str((await _js(connected, "call", call))["errMsg"])
    person = await connected.person()
    await connected.scan(person["id"], await connected.way("wutao"))
    news = {"msgtype": "news", "news": {"link": f"{outside.url}/l/abc", "title": "断奶指南"}}
    send = call | {"name": "sendChatMessage", "data": news}
    outside_chat = await _js(connected, "call", send)
    assert outside_chat["errMsg"] == "sendChatMessage:fail not in a chat"
    share = call | {"name": "shareAppMessage", "data": news["news"]}
    choose = await _js(connected, "call", share)
    assert choose["errMsg"] == "shareAppMessage:choose"
    assert person["id"] in [contact["id"] for contact in choose["contacts"]]
    chosen = share | {"data": news["news"] | {"person": person["id"]}}
    assert (await _js(connected, "call", chosen))["errMsg"] == "shareAppMessage:ok"
    await connected.control("PUT", "staff/wutao/current", {"person": person["id"]})
    current = await _js(connected, "call", call)
    assert current["userId"] == person["external_userid"]
    assert (await _js(connected, "call", send))["errMsg"] == "sendChatMessage:ok"
    chats = await connected.control("GET", f"people/{person['id']}/chats")
    shared, sent = chats["items"][0]["messages"]
    assert shared["title"] == sent["title"] == "断奶指南"
    assert sent["url"] == f"{outside.url}/l/abc"
    assert sent["open_url"] == f"http://p-{person['id']}.{outside.domain}/l/abc"
    stranger = await connected.person()
    wrong = share | {"data": news["news"] | {"person": stranger["id"]}}
    assert (await _js(connected, "call", wrong))["errMsg"].startswith("shareAppMessage:fail")
    config_only = send | {"session": config["session"]}
    assert "permission denied" in str((await _js(connected, "call", config_only))["errMsg"])


async def test_script_stand_ins_carry_the_worlds_address(world: WorldClient) -> None:
    for path in (
        "/open/js/jweixin-1.6.0.js",
        "/wwopen/js/jssdk.js",
        "/node/open/js/wecom-jssdk-2.3.3.js",
    ):
        script = await world.http.get(path)
        assert script.status_code == 200
        assert world.settings.base_url in script.text
        assert "__BASE__" not in script.text
    assert "root.ww" in (await world.http.get("/wwopen/js/jssdk.js")).text
    assert "root.wx" in (await world.http.get("/open/js/jweixin-1.6.0.js")).text


async def test_forty_thousand_is_not_the_only_limit(world: WorldClient) -> None:
    await world.switch(concurrency=0)
    assert (await world.fetch("getcallbackip"))["errcode"] == 45033
    await world.switch(concurrency=400)
    answers = await asyncio.gather(*(world.fetch("getcallbackip") for _ in range(20)))
    assert {a["errcode"] for a in answers} == {0}
