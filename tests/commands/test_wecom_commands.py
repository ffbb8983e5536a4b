"""`siyu wecom` as somebody types it: whole output, one sentence on bad input, nothing secret."""

import asyncio
import base64
import json
import os
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from siyu.accounts.connections.gateways import APP_SECRET
from siyu.accounts.connections.models import WecomConnection
from siyu.accounts.tenants import Vaults, open_tenant
from siyu.channels.wecom.endpoints import known
from siyu.commands.options import BAD_INPUT
from siyu.commands.wecom import NO_ANSWER, WECOM_SAID_NO, app, hidden
from siyu.core.clock import FixedClock
from siyu.core.db import Database, DatabaseUrls
from siyu.core.vault import MasterKey
from tests.channels.played import PlayedServer

MASTER_KEY = b"0123456789abcdef0123456789abcdef"  # that of tests/conftest.py
SECRET = "the-secret-of-the-app-that-nobody-may-see"
REPLY = {
    "errcode": 0,
    "errmsg": "ok",
    "external_contact": {"external_userid": "wm1", "name": "芳", "of_tomorrow": [1, 2.5, None]},
    "follow_user": [{"userid": "lisi", "createtime": "1763400000", "tags": []}],
    "next_cursor": "",
}


def siyu(*arguments: object, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run `siyu wecom …` in a process of its own, without settings of the machine's."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith("SIYU_")}
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "siyu.cli", "wecom", *map(str, arguments)],
        env=environment,
        input=given,
        capture_output=True,
        timeout=110,
        check=False,
    )


def in_process(capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run `siyu wecom …` here; returns exit code, output and errors."""
    with pytest.raises(SystemExit) as ended:
        app([str(argument) for argument in arguments])
    said = capfd.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_a_callback_is_read_from_standard_input() -> None:
    done = siyu("decode-callback", given="<xml><Event>x</Event><A>芳</A><B/></xml>".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == {"Event": "x", "A": "芳", "B": ""}


def test_what_is_missing_on_the_command_line_is_bad_input() -> None:
    assert siyu("decode-response").returncode == BAD_INPUT


@pytest.mark.parametrize(
    "content",
    [
        b"hello", b"\xff\xfe\x00\x01", b"", b"[1]", b"<xml>", b"a" * 300_000,
        b'<!DOCTYPE a [<!ENTITY b "c">]><xml><A>&b;</A></xml>',
    ],
)  # fmt: skip
def test_bad_callbacks_end_in_one_sentence(
    content: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "callback"
    file.write_bytes(content)
    code, out, err = in_process(capfd, "decode-callback", file)
    assert (code, out) == (BAD_INPUT, "")
    assert err.startswith("siyu: ")
    assert err.count("\n") == 1


def test_a_missing_file_and_a_folder_are_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for place in (tmp_path / "nothing", tmp_path):
        code, _, err = in_process(capfd, "decode-callback", place)
        assert code == BAD_INPUT
        assert str(place) in err


@pytest.mark.parametrize(
    "path",
    [
        "/cgi-bin/externalcontact/get",
        "externalcontact/get",
        "/externalcontact/get?access_token=x&external_userid=y",
        "https://qyapi.weixin.qq.com/cgi-bin/externalcontact/get",
    ],
)
def test_a_response_comes_back_whole(
    path: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "reply"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(REPLY).encode())
    code, out, err = in_process(capfd, "decode-response", "get", path, file)
    assert (code, err) == (0, "")
    assert json.loads(out) == REPLY


def test_endpoints_of_all_kinds_read_a_response(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "reply"
    said = {"errcode": 40058, "errmsg": "no", "of_tomorrow": {"a": [1]}}
    file.write_text(json.dumps(said))
    for method, path in known()[::25]:
        code, out, _ = in_process(capfd, "decode-response", method, path, file)
        assert (code, json.loads(out)) == (0, said)


def test_an_error_response_is_explained(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "reply"
    file.write_text('{"errcode": 48002, "errmsg": "api forbidden"}')
    code, out, err = in_process(capfd, "decode-response", "POST", "externalcontact/mark_tag", file)
    assert code == 0
    assert json.loads(out)["errcode"] == 48002
    assert "请企业微信管理员处理" in err
    assert "可调用接口的应用" in err


def test_unknown_endpoints_suggest_known_ones(capfd: pytest.CaptureFixture[str]) -> None:
    code, _, err = in_process(capfd, "decode-response", "GET", "externalcontact/gett")
    assert code == BAD_INPUT
    assert "externalcontact/get" in err
    code, _, err = in_process(capfd, "decode-response", "GET", "externalcontact/mark_tag")
    assert code == BAD_INPUT
    assert "POST" in err


@pytest.mark.parametrize("content", ["hello", "[1]", '{"errcode": "zero"}', "", "{" * 9000])
def test_bad_responses_end_in_one_sentence(
    content: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "reply"
    file.write_text(content)
    code, out, err = in_process(capfd, "decode-response", "GET", "externalcontact/get", file)
    assert (code, out, err.count("\n")) == (BAD_INPUT, "", 1)


def test_a_refused_request_is_never_sent(capfd: pytest.CaptureFixture[str]) -> None:
    call = ("call", "POST", "externalcontact/mark_tag", "--json")
    code, _, err = in_process(capfd, *call, '{"userid": "a"}')
    assert code == BAD_INPUT
    assert "external_userid" in err
    code, _, err = in_process(capfd, *call, "{")
    assert code == BAD_INPUT
    assert "--json" in err


def test_secrets_are_hidden_wherever_they_stand() -> None:
    said = {
        "access_token": "A",
        "x": [{"jsapi_ticket": "B", "corpsecret": "C"}],
        "expires_in": 7200,
    }
    assert hidden(said) == {
        "access_token": "***",
        "x": [{"jsapi_ticket": "***", "corpsecret": "***"}],
        "expires_in": 7200,
    }


class Connected:
    """A tenant with a stored connection to a played WeCom."""

    def __init__(self, host: str, played: PlayedServer, capfd: pytest.CaptureFixture[str]) -> None:
        self.host = host
        self.wecom = played
        self._capfd = capfd

    async def call(self, *arguments: object) -> tuple[int, str, str]:
        """Run `siyu wecom call … --tenant HOST`."""
        arguments = ("call", *arguments, "--tenant", self.host)
        said = await asyncio.to_thread(in_process, self._capfd, *arguments)
        assert SECRET not in said[1] + said[2]
        return said


@pytest.fixture
async def connected(
    db: Database,
    urls: DatabaseUrls,
    clock: FixedClock,
    master: MasterKey,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> AsyncIterator[Connected]:
    host = f"{uuid.uuid4().hex}.siyu.localhost"
    tenant_id = await open_tenant(db, clock, master, name=host, host=host)
    async with db.tenant(tenant_id) as session:
        vault = await Vaults(master).of(session, tenant_id)
        session.add(
            WecomConnection(
                tenant_id=tenant_id,
                corp_id=f"ww{tenant_id}",
                agent_id=1000002,
                secret=vault.encrypt(APP_SECRET, SECRET),
            )
        )
    played = PlayedServer()
    server = await asyncio.start_server(played.connected, "127.0.0.1", 0)
    played.port = server.sockets[0].getsockname()[1]
    for name, value in {
        "SIYU_DATABASE_URL": urls.admin,
        "SIYU_MASTER_KEY": base64.b64encode(MASTER_KEY).decode(),
        "SIYU_WECOM_BASE": played.base,
        "SIYU_DATA_DIR": str(tmp_path / "data"),
    }.items():
        monkeypatch.setenv(name, value)
    yield Connected(host, played, capfd)
    server.close()
    await server.wait_closed()


async def test_a_call_goes_out_and_its_answer_hides_tokens(connected: Connected) -> None:
    path = "/cgi-bin/get_jsapi_ticket"
    connected.wecom.play(path, {"errcode": 0, "ticket": "T" * 60, "expires_in": 7200})
    code, out, err = await connected.call("GET", "get_jsapi_ticket")
    assert (code, err) == (0, "")
    assert json.loads(out) == {"errcode": 0, "ticket": "***", "expires_in": 7200}


async def test_what_wecom_refuses_is_explained_and_told_apart(connected: Connected) -> None:
    path = "/cgi-bin/user/getuserid"
    word = "t" * 64
    connected.wecom.play(path, {"errcode": 60011, "errmsg": f"no privilege, access_token {word}"})
    code, out, err = await connected.call(
        "POST", "user/getuserid", "--json", '{"mobile": "13800000000"}'
    )
    assert (code, out) == (WECOM_SAID_NO, "")
    assert "可见范围" in err
    assert word not in err


async def test_silence_is_told_apart(connected: Connected) -> None:
    connected.wecom.play("/cgi-bin/agent/list", 502)
    code, out, err = await connected.call("GET", "agent/list")
    assert (code, out) == (NO_ANSWER, "")
    assert "企业微信服务器出错" in err


async def test_a_tenant_must_be_named(connected: Connected) -> None:
    connected.host = "nobody"
    code, out, err = await connected.call("GET", "agent/list")
    assert (code, out) == (BAD_INPUT, "")
    assert "--tenant" in err


async def test_another_app_calls_with_its_own_secret_which_is_never_shown(
    connected: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "another-secret-of-the-app"
    monkeypatch.setenv("SIYU_APP_SECRET", other)
    connected.wecom.play("/cgi-bin/agent/list", {"errcode": 40001, "errmsg": f"no: {other}"})
    code, out, err = await connected.call("GET", "agent/list", "--app", "客户联系")
    assert (code, out) == (WECOM_SAID_NO, "")
    assert other not in err
    asked = connected.wecom.to("/cgi-bin/gettoken")
    assert {seen.query["corpsecret"] for seen in asked} == {other}
    connected.wecom.play("/cgi-bin/agent/list", {"errcode": 0, "agentlist": [{"name": other}]})
    code, out, _ = await connected.call("GET", "agent/list", "--app", "1000003")
    assert (code, json.loads(out)["agentlist"]) == (0, [{"name": "***"}])


async def test_a_call_of_a_provider_takes_its_token_from_the_environment(
    connected: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = "token-of-the-suite"
    monkeypatch.setenv("SIYU_APP_TOKEN", token)
    path = "/cgi-bin/service/get_pre_auth_code"
    connected.wecom.play(path, {"errcode": 0, "pre_auth_code": token, "expires_in": 1200})
    code, out, err = await connected.call("GET", "service/get_pre_auth_code")
    assert (code, err) == (0, "")
    assert token not in out
    (seen,) = connected.wecom.to(path)
    assert seen.query["suite_access_token"] == token


async def test_without_its_secret_another_app_cannot_call(
    connected: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SIYU_APP_SECRET", raising=False)
    code, out, err = await connected.call("GET", "agent/list", "--app", "1000003")
    assert (code, out) == (BAD_INPUT, "")
    assert "SIYU_APP_SECRET" in err
