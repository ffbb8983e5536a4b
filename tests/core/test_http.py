"""The HTTP client against real sockets: loopback names, limits, and failures told apart."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from siyu.core.http import AnswerTooLarge, Trouble, Unreachable, exchange, http_client

Reply = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(reply: Reply) -> AsyncIterator[int]:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        try:
            await reply(head, writer)
        finally:
            writer.close()

    listener = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield listener.sockets[0].getsockname()[1]
    finally:
        listener.close()
        await listener.wait_closed()


def answer(body: bytes, status: str = "200 OK") -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (
        status.encode(),
        len(body),
        body,
    )


async def echo_head(head: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(answer(head))
    await writer.drain()


@pytest.mark.parametrize("host", ["p-7.siyu.localhost", "localhost", "127.0.0.1"])
async def test_names_below_localhost_reach_this_machine_and_keep_their_host(host: str) -> None:
    async with server(echo_head) as port, http_client() as client:
        request = client.build_request("GET", f"http://{host}:{port}/path?q=1")
        got = await exchange(client, request)
    assert got.status == 200
    assert got.content.startswith(b"GET /path?q=1 HTTP/1.1\r\n")
    assert f"Host: {host}:{port}".encode() in got.content
    assert request.url.host == host


async def test_a_large_body_arrives_whole() -> None:
    content = bytes(range(256)) * 8192  # 2 MiB
    received = bytearray()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        assert f"Content-Length: {len(content)}".encode() in head
        received.extend(await reader.readexactly(len(content)))
        writer.write(answer(b"done"))
        await writer.drain()
        writer.close()

    listener = await asyncio.start_server(connected, "127.0.0.1", 0)
    async with listener, http_client() as client:
        port = listener.sockets[0].getsockname()[1]
        request = client.build_request("POST", f"http://127.0.0.1:{port}/", content=content)
        assert (await exchange(client, request)).content == b"done"
    assert received == content


async def test_a_closed_port_was_never_sent() -> None:
    async with server(echo_head) as port:
        pass
    async with http_client() as client:
        with pytest.raises(Unreachable) as caught:
            await exchange(client, client.build_request("GET", f"http://a.localhost:{port}/x?s=1"))
    assert (caught.value.trouble, caught.value.sent) == (Trouble.CONNECT, False)
    assert "s=1" not in str(caught.value)


async def test_silence_is_a_time_out_whose_outcome_is_unknown() -> None:
    done = asyncio.Event()

    async def silent(_head: bytes, _writer: asyncio.StreamWriter) -> None:
        await done.wait()

    async with server(silent) as port, http_client() as client:
        with pytest.raises(Unreachable) as caught:
            await exchange(
                client, client.build_request("GET", f"http://127.0.0.1:{port}/"), seconds=0.05
            )
        done.set()
    assert (caught.value.trouble, caught.value.sent) == (Trouble.TIMEOUT, True)


async def test_a_dropped_connection_is_broken() -> None:
    async def drop(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        await writer.drain()

    async with server(drop) as port, http_client() as client:
        with pytest.raises(Unreachable) as caught:
            await exchange(client, client.build_request("GET", f"http://127.0.0.1:{port}/"))
    assert (caught.value.trouble, caught.value.sent) == (Trouble.BROKEN, True)


async def test_a_server_error_is_told_with_its_status() -> None:
    async def fail(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"oops", "503 Service Unavailable"))
        await writer.drain()

    async with server(fail) as port, http_client() as client:
        with pytest.raises(Unreachable) as caught:
            await exchange(client, client.build_request("GET", f"http://127.0.0.1:{port}/"))
    assert (caught.value.trouble, caught.value.status) == (Trouble.SERVER, 503)


async def test_an_endless_answer_is_cut() -> None:
    async def flood(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"x" * 5000))
        await writer.drain()

    async with server(flood) as port, http_client() as client:
        with pytest.raises(Unreachable) as caught:
            await exchange(
                client, client.build_request("GET", f"http://127.0.0.1:{port}/"), max_bytes=4999
            )
    assert caught.value.trouble is Trouble.OVERSIZED


async def test_what_is_asked_in_one_go_is_cut_as_well(monkeypatch) -> None:
    monkeypatch.setattr("siyu.core.http.MAX_ANSWER_BYTES", 4999)

    async def flood(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"x" * 5000))
        await writer.drain()

    async with server(flood) as port, http_client() as client:
        with pytest.raises(AnswerTooLarge):
            await client.get(f"http://127.0.0.1:{port}/")


async def test_what_is_asked_in_one_go_may_not_drip_for_ever(monkeypatch) -> None:
    monkeypatch.setattr("siyu.core.http._LONGEST_SECONDS", 0.2)
    cut = asyncio.Event()

    async def drip(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not cut.is_set():
            writer.write(b"x")
            await asyncio.sleep(0.01)

    async with server(drip) as port, http_client() as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.get(f"http://127.0.0.1:{port}/")
        cut.set()


async def test_what_is_asked_in_one_go_arrives_whole_and_plain() -> None:
    async def squeeze(_head: bytes, writer: asyncio.StreamWriter) -> None:
        body = gzip.compress(b"plain" * 1000)
        writer.write(answer(body, "200 OK\r\nContent-Encoding: gzip"))
        await writer.drain()

    async with server(squeeze) as port, http_client() as client:
        got = await client.get(f"http://127.0.0.1:{port}/")
    assert (got.status_code, got.content) == (200, b"plain" * 1000)
    assert got.request.url.port == port


async def test_redirects_are_answers_not_journeys() -> None:
    async def redirect(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"", "302 Found\r\nLocation: http://elsewhere.invalid/"))
        await writer.drain()

    async with server(redirect) as port, http_client() as client:
        got = await exchange(client, client.build_request("GET", f"http://127.0.0.1:{port}/"))
    assert got.status == httpx.codes.FOUND
    assert got.headers["location"] == "http://elsewhere.invalid/"


async def test_addresses_with_secrets_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    async with server(echo_head) as port, http_client() as client:
        with caplog.at_level("INFO"):
            await exchange(client, client.build_request("GET", f"http://127.0.0.1:{port}/?s=hush"))
    assert "hush" not in caplog.text


@pytest.mark.parametrize("keep", [False, True])
async def test_cookies_are_kept_only_when_asked(keep: bool) -> None:
    async def bake(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(head, "200 OK\r\nSet-Cookie: a=1; Path=/"))
        await writer.drain()

    async with server(bake) as port, http_client(keep_cookies=keep) as client:
        for _ in range(2):
            got = await exchange(client, client.build_request("GET", f"http://x.localhost:{port}/"))
    assert (b"Cookie: a=1" in got.content) is keep


async def test_a_proxy_of_the_environment_is_used_but_never_for_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with server(echo_head) as port:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("no_proxy", "spared.invalid")
        async with http_client() as client:
            far = await exchange(client, client.build_request("GET", "http://far.invalid/x?q=1"))
            assert far.content.startswith(b"GET http://far.invalid/x?q=1 HTTP/1.1\r\n")
            near = client.build_request("GET", f"http://a.localhost:{port}/x")
            assert (await exchange(client, near)).content.startswith(b"GET /x HTTP/1.1\r\n")
            with pytest.raises(Unreachable) as caught:
                await exchange(client, client.build_request("GET", "http://spared.invalid/"))
    assert (caught.value.trouble, caught.value.sent) == (Trouble.CONNECT, False)


async def test_compressed_answers_come_plain() -> None:
    async def squeeze(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(gzip.compress(b"plain"), "200 OK\r\nContent-Encoding: gzip"))
        await writer.drain()

    async with server(squeeze) as port, http_client() as client:
        got = await exchange(client, client.build_request("GET", f"http://127.0.0.1:{port}/"))
    assert got.content == b"plain"


async def test_reads_are_not_sent_again_behind_the_callers_back() -> None:
    heads: list[bytes] = []

    async def drop(head: bytes, _writer: asyncio.StreamWriter) -> None:
        heads.append(head)

    async with server(drop) as port, http_client() as client:
        with pytest.raises(Unreachable):
            await exchange(client, client.build_request("GET", f"http://127.0.0.1:{port}/"))
    assert len(heads) == 1


async def test_forms_with_files_arrive_whole() -> None:
    async def echo_body(head: bytes, writer: asyncio.StreamWriter) -> None:
        assert b"multipart/form-data; boundary=" in head
        await echo_head(head, writer)

    async with server(echo_body) as port, http_client() as client:
        request = client.build_request(
            "POST", f"http://127.0.0.1:{port}/", files={"media": ("a.png", b"x" * 200_000)}
        )
        got = await exchange(client, request)
    assert b"content-length: 200" in got.content.lower()
