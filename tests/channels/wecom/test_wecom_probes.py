"""Diagnosis: granted, missing or unknown, and never a change."""

import pytest
from played import PlayedServer

from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.probes import TITLES, Probe, diagnose

EXTERNAL = "/cgi-bin/externalcontact"
FORBIDDEN = {"errcode": 48002, "errmsg": "api forbidden"}
WRITES_THAT_NAME_NOBODY = {
    f"{EXTERNAL}/mark_tag",
    f"{EXTERNAL}/send_welcome_msg",
    "/cgi-bin/message/send",
}


@pytest.fixture
def granted(wecom: PlayedServer) -> PlayedServer:
    agent = {"errcode": 0, "agentid": 1000002, "close": 0, "redirect_domain": "s.example"}
    wecom.play("/cgi-bin/agent/get", agent)
    wecom.play("/cgi-bin/department/list", {"errcode": 0, "department": [{"id": 1}]})
    wecom.play(f"{EXTERNAL}/get_follow_user_list", {"errcode": 0, "follow_user": ["lisi"]})
    wecom.play(f"{EXTERNAL}/mark_tag", {"errcode": 60111, "errmsg": "userid not found"})
    wecom.play(f"{EXTERNAL}/send_welcome_msg", {"errcode": 41050, "errmsg": "invalid code"})
    wecom.play("/cgi-bin/message/send", {"errcode": 81013, "errmsg": "all invalid"})
    return wecom


async def probed(client: WecomClient) -> dict[str, Probe]:
    probes = await diagnose(client)
    assert [probe.key for probe in probes] == list(TITLES)
    return {probe.key: probe for probe in probes}


async def test_everything_granted(granted: PlayedServer, client: WecomClient) -> None:
    found = await probed(client)
    assert {probe.state for probe in found.values()} == {"granted"}
    assert found["welcome"].errcode == 41050
    changes = {call.path for call in granted.calls if call.method == "POST"}
    reads = {
        f"{EXTERNAL}/get_corp_tag_list",
        f"{EXTERNAL}/list_contact_way",
        f"{EXTERNAL}/groupchat/list",
        "/cgi-bin/kf/account/list",
        "/cgi-bin/msgaudit/get_permit_user_list",
    }
    assert changes - reads == WRITES_THAT_NAME_NOBODY
    for path in WRITES_THAT_NAME_NOBODY:
        for call in granted.to(path):
            assert b"siyu-probe-nobody" in call.body


async def test_a_missing_contact_permission_names_its_place(
    granted: PlayedServer, client: WecomClient
) -> None:
    for path in list(granted.scripts):
        if path.startswith(EXTERNAL):
            granted.play(path, FORBIDDEN)
    found = await probed(client)
    for key in ("contacts", "tags_write", "welcome"):
        assert (found[key].state, found[key].errcode) == ("missing", 48002)
        assert "可调用接口的应用" in found[key].fix
    assert found["directory"].state == "granted"


async def test_what_an_enterprise_may_do_without_is_no_fault(
    granted: PlayedServer, client: WecomClient
) -> None:
    granted.play("/cgi-bin/kf/account/list", FORBIDDEN)
    granted.play("/cgi-bin/msgaudit/get_permit_user_list", FORBIDDEN)
    found = await probed(client)
    for key, place in (("service", "微信客服"), ("archive", "会话内容存档")):
        assert found[key].state == "unknown"
        assert place in found[key].fix


async def test_a_wrong_secret_leaves_the_rest_unknown_and_is_asked_once(
    granted: PlayedServer, client: WecomClient
) -> None:
    granted.play("/cgi-bin/gettoken", {"errcode": 40001, "errmsg": "invalid credential"})
    found = await probed(client)
    assert (found["secret"].state, found["secret"].errcode) == ("missing", 40001)
    assert "Secret" in found["secret"].fix
    assert {probe.state for key, probe in found.items() if key != "secret"} == {"unknown"}
    assert len(granted.calls) == 1


async def test_an_untrusted_address_is_one_finding_not_ten(
    granted: PlayedServer, client: WecomClient
) -> None:
    refused = {"errcode": 60020, "errmsg": "not allow, from ip: 203.0.113.7"}
    for path in ("/cgi-bin/get_api_domain_ip", "/cgi-bin/agent/get", f"{EXTERNAL}/mark_tag"):
        granted.play(path, refused)
    found = await probed(client)
    assert found["secret"].state == "granted"
    assert found["trusted_ip"].state == "missing"
    assert found["trusted_ip"].fix.endswith("203.0.113.7")
    assert (found["app"].state, found["tags_write"].state) == ("unknown", "unknown")


async def test_success_can_still_lack_something(granted: PlayedServer, client: WecomClient) -> None:
    granted.play("/cgi-bin/agent/get", {"errcode": 0, "agentid": 1000002, "close": 1})
    granted.play("/cgi-bin/department/list", {"errcode": 0, "department": []})
    granted.play(f"{EXTERNAL}/get_follow_user_list", {"errcode": 0, "follow_user": []})
    found = await probed(client)
    for key in ("app", "trusted_domain", "directory", "contacts"):
        assert found[key].state == "missing"
        assert found[key].detail
        assert found[key].fix


async def test_silence_and_surprises_are_unknown(
    granted: PlayedServer, client: WecomClient
) -> None:
    granted.play("/cgi-bin/message/send", 502)
    granted.play(f"{EXTERNAL}/send_welcome_msg", {"errcode": 123456, "errmsg": "?"})
    granted.play(f"{EXTERNAL}/list_contact_way", b"not json")
    found = await probed(client)
    for key in ("messages", "welcome", "contact_ways"):
        assert found[key].state == "unknown"
        assert found[key].detail


async def test_nobody_there_is_unknown_throughout(
    granted: PlayedServer, client: WecomClient
) -> None:
    granted.play("/cgi-bin/gettoken", 503)
    found = await probed(client)
    assert {probe.state for probe in found.values()} == {"unknown"}
    assert found["welcome"].detail == "企业微信服务器出错"
