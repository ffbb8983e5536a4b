import asyncio
import gzip
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from siyu.core.analytics import endpoint

Eventually = Callable[[Callable[[], Awaitable[bool]]], Awaitable[None]]


@pytest_asyncio.fixture
async def http(home: Path) -> AsyncIterator[httpx.AsyncClient]:
    here = endpoint.read(home)
    assert here is not None
    headers = {"X-ClickHouse-User": here.user, "X-ClickHouse-Key": here.key}
    async with httpx.AsyncClient(
        base_url=here.url, headers=headers, trust_env=False, timeout=600
    ) as client:
        yield client


async def test_ping_needs_no_key(http: httpx.AsyncClient) -> None:
    answer = await http.get("/ping", headers={"X-ClickHouse-Key": ""})
    assert (answer.status_code, answer.text) == (200, "Ok.\n")


@pytest.mark.parametrize("key", ["", "wrong", "错"])
async def test_a_wrong_key_is_refused(http: httpx.AsyncClient, key: str) -> None:
    answer = await http.post("/", content="SELECT 1", headers={"X-ClickHouse-Key": key.encode()})
    assert answer.status_code == 403
    assert answer.headers["X-ClickHouse-Exception-Code"] == "516"
    assert (await http.post("/", content="SELECT 1", headers={"Authorization": "Basic !"})).text


def test_only_the_owner_reads_the_key(home: Path) -> None:
    assert stat.S_IMODE((home / endpoint.FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


async def test_query_in_url_or_body_or_both(http: httpx.AsyncClient) -> None:
    assert (await http.get("/", params={"query": "SELECT 1"})).text == "1\n"
    assert (await http.post("/", content="SELECT 2")).text == "2\n"
    both = await http.post("/", params={"query": "SELECT"}, content="3 FORMAT JSONEachRow")
    assert both.text == '{"3":3}\n'
    assert both.headers["X-ClickHouse-Format"] == "JSONEachRow"
    assert both.headers["Content-Type"].startswith("application/x-ndjson")


async def test_headers_say_who_answers_and_what_it_cost(http: httpx.AsyncClient) -> None:
    answer = await http.post(
        "/",
        params={"wait_end_of_query": "1", "query_id": "mine\r\nX-Evil: 1"},
        content="SELECT * FROM numbers(10)",
    )
    assert answer.headers["X-ClickHouse-Server-Display-Name"] == "siyu"
    assert answer.headers["X-ClickHouse-Timezone"] == "UTC"
    assert answer.headers["X-ClickHouse-Query-Id"] == "mine??X-Evil: 1"
    assert '"read_rows":"10"' in answer.headers["X-ClickHouse-Summary"]


async def test_a_get_changes_nothing(http: httpx.AsyncClient, table: str) -> None:
    answer = await http.get("/", params={"query": f"CREATE TABLE {table} (a UInt8) ENGINE Memory"})
    assert answer.status_code == 403
    assert answer.headers["X-ClickHouse-Exception-Code"] == "164"


async def test_errors_carry_code_and_status(http: httpx.AsyncClient) -> None:
    async def ask(sql: str, **params: str) -> tuple[int, str]:
        answer = await http.post("/", content=sql, params={"wait_end_of_query": "1", **params})
        assert answer.text.startswith("Code: ")
        return answer.status_code, answer.headers["X-ClickHouse-Exception-Code"]

    assert await ask("SELEC 1") == (400, "62")
    assert await ask("SELECT * FROM nowhere") == (404, "60")
    assert await ask("SELECT 1", database="nowhere") == (404, "81")
    assert await ask("SELECT 1", no_such_setting="1") == (400, "115")
    assert await ask("SELECT 1", **{"a = 1, b": "1"}) == (400, "115")
    slow = "SELECT count() FROM numbers(1000000000000)"
    assert await ask(slow, max_execution_time="1") == (408, "159")
    hungry = "SELECT groupArray(number) FROM numbers(100000000)"
    assert await ask(hungry, max_memory_usage="10000000") == (507, "241")


async def test_settings_die_with_their_request(http: httpx.AsyncClient) -> None:
    read = "SELECT getSetting('max_threads')"
    assert (await http.post("/", content=read, params={"max_threads": "1"})).text == "1\n"
    default = (await http.post("/", content=read)).text
    await http.post("/", content="SET max_threads = 7")
    assert (await http.post("/", content=read)).text == default


async def test_parameters_in_the_url_and_in_a_form(http: httpx.AsyncClient) -> None:
    sql = "SELECT {n:UInt32} + 1, {s:String}"
    answer = await http.post("/", content=sql, params={"param_n": "41", "param_s": "a'b\\tc"})
    assert answer.text == "42\ta\\'b\\tc\n"
    form = {"query": (None, sql), "param_n": (None, "1"), "param_s": (None, "长" * 100_000)}
    answer = await http.post("/", files=form)
    assert answer.text == f"2\t{'长' * 100_000}\n"


async def test_files_in_a_form_are_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/", files={"t": ("t.tsv", b"1\n")}, params={"query": "SELECT 1"})
    assert answer.headers["X-ClickHouse-Exception-Code"] == "48"


@pytest.mark.parametrize(
    ("insert", "data"),
    [
        ("FORMAT JSONEachRow", b'{"a": 1, "s": "x"}\n{"a": 2, "s": "\xe4\xb8\xad"}\n'),
        ("FORMAT TabSeparated", b"1\tx\n2\t\xe4\xb8\xad\n"),
        ("FORMAT CSV", b'1,"x"\n2,"\xe4\xb8\xad"\n'),
        ("FORMAT RowBinary", b"\1\0\0\0\1x\2\0\0\0\3\xe4\xb8\xad"),
        ("VALUES", "(1, 'x'), (1 + 1, '中');".encode()),
    ],
)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
async def test_inserts_in_formats(
    http: httpx.AsyncClient, table: str, insert: str, data: bytes, encoding: str
) -> None:
    await http.post("/", content=f"CREATE TABLE {table} (a UInt32, s String) ENGINE Memory")
    body = gzip.compress(data) if encoding == "gzip" else data
    answer = await http.post(
        "/",
        params={"query": f"INSERT INTO {table} (a, s) {insert}"},
        content=body,
        headers={"Content-Encoding": encoding},
    )
    assert answer.status_code == 200, answer.text
    assert '"written_rows":"2"' in answer.headers["X-ClickHouse-Summary"]
    rows = await http.post(
        "/",
        content="SELECT a, s FROM {table:Identifier} ORDER BY a",
        params={"param_table": table},
    )
    assert rows.text == "1\tx\n2\t中\n"


async def test_a_broken_insert_writes_nothing(http: httpx.AsyncClient, table: str) -> None:
    await http.post("/", content=f"CREATE TABLE {table} (a UInt32) ENGINE MergeTree ORDER BY a")
    body = f"INSERT INTO {table} FORMAT JSONEachRow\n".encode() + b'{"a": 1}\n{"a": "x"}\n'
    assert (await http.post("/", content=body)).status_code >= 400
    cut = await http.post(
        "/", content=gzip.compress(body)[:-9], headers={"Content-Encoding": "gzip"}
    )
    assert cut.headers["X-ClickHouse-Exception-Code"] == "354"
    count = "SELECT count() FROM {table:Identifier}"
    assert (await http.post("/", content=count, params={"param_table": table})).text == "0\n"


async def test_unknown_encodings_are_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/", content=b"SELECT 1", headers={"Content-Encoding": "br"})
    assert (answer.status_code, answer.headers["X-ClickHouse-Exception-Code"]) == (415, "89")


async def test_answers_are_compressed_for_who_asks(http: httpx.AsyncClient) -> None:
    params = {"enable_http_compression": "1", "wait_end_of_query": "1"}
    answer = await http.post("/", content="SELECT number FROM numbers(1000)", params=params)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.text.splitlines() == [str(number) for number in range(1000)]


async def test_large_results_come_block_by_block(http: httpx.AsyncClient) -> None:
    sql = "SELECT number FROM numbers(1000000) FORMAT TSV"
    async with http.stream("POST", "/", content=sql) as answer:
        lines = [int(line) async for line in answer.aiter_lines()]
    assert lines == list(range(1_000_000))


async def test_an_error_in_a_stream_is_told_by_its_tag(http: httpx.AsyncClient) -> None:
    sql = "SELECT throwIf(number = 900000) FROM numbers(1000000) SETTINGS max_block_size = 1000"
    answer = await http.post("/", content=sql)
    tag = answer.headers["X-ClickHouse-Exception-Tag"]
    assert answer.status_code == 200
    assert answer.text.endswith(f" {tag}\r\n__exception__\r\n")
    assert "Code: 395." in answer.text
    early = await http.post("/", content="SELECT nothing")
    assert (early.status_code, early.headers["X-ClickHouse-Exception-Code"]) == (400, "47")


@pytest.mark.parametrize("wait", ["0", "1"])
async def test_a_query_stops_when_its_caller_leaves(
    http: httpx.AsyncClient, eventually: Eventually, wait: str
) -> None:
    sql = "SELECT count() FROM numbers(1000000000000) WHERE number != {mark:UInt64}"
    running = "SELECT count() FROM system.processes WHERE query LIKE 'SELECT count() FROM numbers%'"

    async def count() -> str:
        return (await http.post("/", content=running)).text

    async def runs() -> bool:
        return await count() == "1\n"

    async def rests() -> bool:
        return await count() == "0\n"

    params = {"wait_end_of_query": wait, "param_mark": "1"}
    asking = asyncio.create_task(http.post("/", content=sql, params=params))
    await eventually(runs)
    asking.cancel()
    await eventually(rests)
