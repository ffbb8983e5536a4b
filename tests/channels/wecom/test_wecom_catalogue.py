"""The catalogue: every endpoint of the table, typed when asked for, callable as plain data."""

import subprocess
import sys

import msgspec
import pytest
from played import Call, PlayedServer

from siyu.channels.wecom import catalogue
from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.endpoint import Download, PagedReply, TokenKind, Upload
from siyu.channels.wecom.endpoints import TABLE, find, known
from siyu.channels.wecom.errors import RequestRefused, WeComError
from siyu.channels.wecom.gateway import WecomGateway
from siyu.channels.wecom.plain import checked
from siyu.channels.wecom.verdicts import Advice

OK = {"errcode": 0, "errmsg": "ok"}


def test_every_line_becomes_an_endpoint() -> None:
    rows = catalogue.rows()
    assert len(rows) >= 744
    for (method, path), row in rows.items():
        endpoint = catalogue.listed(method, path)
        assert endpoint is not None
        assert (endpoint.method, endpoint.path) == (row.method, row.path)
        assert msgspec.json.schema(endpoint.request)
        assert endpoint.response.__struct_fields__[0] == "raw"


def test_a_row_with_classes_of_its_own_comes_first() -> None:
    assert set(TABLE) <= set(known())
    for (method, path), endpoint in TABLE.items():
        assert find(method, path) is endpoint
        assert not endpoint.listed
    assert find("GET", "/cgi-bin/nothing") is None


def test_importing_compiles_nothing() -> None:
    program = (
        "import siyu.channels.wecom.endpoints as e, siyu.channels.wecom.catalogue as c;"
        "print(c.listed.cache_info().currsize, c.rows.cache_info().currsize)"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0", "0"]


def test_descriptions_say_types_optional_fields_lists_and_parts() -> None:
    endpoint = find("POST", "/cgi-bin/tag/addtagusers")
    assert endpoint is not None
    checked(endpoint, {"tagid": 1, "userlist": ["a"]})
    with pytest.raises(RequestRefused) as caught:
        checked(endpoint, {"userlist": ["a"]})
    assert [violation.field for violation in caught.value.violations] == ["tagid"]
    assert caught.value.advice is Advice.BUG
    with pytest.raises(RequestRefused) as caught:
        checked(endpoint, {"tagid": 1, "userlist": "a"})
    assert "userlist" in caught.value.sentence


def test_a_wrong_field_inside_lists_is_named() -> None:
    endpoint = find("POST", "/cgi-bin/school/user/batch_create_student")
    assert endpoint is not None
    with pytest.raises(RequestRefused) as caught:
        checked(endpoint, {"students": [{"student_userid": "s", "name": 3, "department": [1]}]})
    assert caught.value.violations[0].field.startswith("students.")
    assert caught.value.violations[0].field.endswith(".name")


def test_the_limits_of_classes_hold_for_plain_fields() -> None:
    endpoint = find("POST", "/cgi-bin/externalcontact/remark")
    assert endpoint is not None
    with pytest.raises(RequestRefused) as caught:
        checked(endpoint, {"userid": "a", "external_userid": "b", "remark": "长" * 21})
    assert [violation.field for violation in caught.value.violations] == ["remark"]


async def test_fields_the_table_does_not_know_are_sent(
    wecom: PlayedServer, client: WecomClient
) -> None:
    path = "/cgi-bin/user/getuserid"
    wecom.play(path, {**OK, "userid": "lisi"})
    endpoint = find("POST", path)
    assert endpoint is not None
    reply = await client.call(endpoint, {"mobile": "13800000000", "of_tomorrow": {"a": [1]}})
    assert reply.userid == "lisi"
    assert wecom.to(path)[0].json == {"mobile": "13800000000", "of_tomorrow": {"a": [1]}}


async def test_a_get_puts_its_fields_into_the_query(
    wecom: PlayedServer, client: WecomClient
) -> None:
    path = "/cgi-bin/user/simplelist"
    wecom.play(path, {**OK, "userlist": [{"userid": "a", "department": ["1", 2]}]})
    endpoint = find("GET", path)
    assert endpoint is not None
    reply = await client.call(endpoint, {"department_id": 1, "fetch_child": True})
    assert reply.userlist[0].department == (1, 2)
    query = wecom.to(path)[0].query
    assert (query["department_id"], query["fetch_child"]) == ("1", "1")


async def test_replies_are_read_leniently_and_kept_whole(
    wecom: PlayedServer, client: WecomClient
) -> None:
    path = "/cgi-bin/tag/get"
    said = {**OK, "tagname": 7, "userlist": None, "partylist": ["1", "x"], "more": {"b": 1.5}}
    wecom.play(path, said)
    endpoint = find("GET", path)
    assert endpoint is not None
    reply = await client.call(endpoint, {"tagid": 1})
    assert (reply.tagname, reply.userlist, reply.partylist) == ("7", (), (1,))
    assert reply.raw == said


async def test_pages_of_the_catalogue_turn(wecom: PlayedServer, client: WecomClient) -> None:
    path = "/cgi-bin/meeting/enroll/list"
    wecom.play(
        path,
        {**OK, "enroll_list": [{"enroll_id": "1"}], "has_more": True, "next_cursor": "c"},
        {**OK, "enroll_list": [{"enroll_id": "2"}], "has_more": False, "next_cursor": ""},
    )
    endpoint = find("POST", path)
    assert endpoint is not None
    assert issubclass(endpoint.response, PagedReply)
    request = endpoint.request(meetingid="m")
    found = [
        one.enroll_id async for page in client.pages(endpoint, request) for one in page.enroll_list
    ]
    assert found == ["1", "2"]
    assert [call.json.get("cursor") for call in wecom.to(path)] == [None, "c"]


async def test_a_file_goes_up_as_multipart(wecom: PlayedServer, client: WecomClient) -> None:
    path = "/cgi-bin/service/media/upload"
    wecom.play(path, {**OK, "media_id": "m1", "created_at": "1763400000"})
    endpoint = find("POST", path)
    assert endpoint is not None
    assert issubclass(endpoint.request, Upload)
    request = {"type": "file", "filename": "单.txt", "content": b"0123456789"}
    reply = await client.call(endpoint, request, token="provider")
    assert (reply.media_id, reply.created_at) == ("m1", 1763400000)
    call = wecom.to(path)[0]
    assert call.query == {"provider_access_token": "provider", "type": "file"}
    assert b"0123456789" in call.body


async def test_a_file_comes_down_and_an_error_in_its_place_is_one(
    wecom: PlayedServer, client: WecomClient
) -> None:
    path = "/cgi-bin/media/get"
    endpoint = find("GET", path)
    assert endpoint is not None
    assert endpoint.response is Download
    wecom.play(path, {"errcode": 40007, "errmsg": "invalid media_id"})
    with pytest.raises(WeComError) as caught:
        await client.call(endpoint, {"media_id": "m"})
    assert caught.value.subject == "media"


async def test_a_foreign_token_is_asked_for_and_never_fetched(
    wecom: PlayedServer, client: WecomClient
) -> None:
    path = "/cgi-bin/service/get_auth_info"
    endpoint = find("POST", path)
    assert endpoint is not None
    assert endpoint.token is TokenKind.SUITE
    request = {"auth_corpid": "ww2", "permanent_code": "p"}
    with pytest.raises(RequestRefused) as caught:
        await client.call(endpoint, request)
    assert "suite_access_token" in caught.value.sentence
    wecom.play(path, {"errcode": 42009, "errmsg": "suite_access_token expired"})
    with pytest.raises(WeComError) as expired:
        await client.call(endpoint, request, token="old")
    assert expired.value.advice is Advice.REFRESH_TOKEN
    assert [call.query for call in wecom.to(path)] == [{"suite_access_token": "old"}]
    assert wecom.tokens == 0


async def test_query_fields_of_a_post_stay_out_of_its_body(
    wecom: PlayedServer, gateway: WecomGateway, client: WecomClient
) -> None:
    path = "/cgi-bin/webhook/send"

    def heard(call: Call) -> dict[str, object]:
        assert call.query == {"key": "robot"}
        assert call.json == {"msgtype": "text", "text": {"content": "hi"}}
        return OK

    wecom.play(path, heard)
    endpoint = find("POST", path)
    assert endpoint is not None
    fields = {"key": "robot", "msgtype": "text", "text": {"content": "hi"}}
    await client.call(endpoint, fields)
    await gateway.call(client.app, endpoint, endpoint.request(**fields))
    assert len(wecom.to(path)) == 2


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/cgi-bin/user/getuserid", True),
        ("/cgi-bin/kf/sync_msg", True),
        ("/cgi-bin/kf/send_msg", False),
        ("/cgi-bin/tag/create", False),
        ("/cgi-bin/service/get_permanent_code", False),
    ],
)
def test_only_what_reads_may_be_repeated(path: str, *, may: bool) -> None:
    endpoint = catalogue.listed("POST", path)
    assert endpoint is not None
    assert endpoint.idempotent is may
