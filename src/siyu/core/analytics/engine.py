"""chdb behind lanes: one thread writes, several read, each request on a handle of its own.

A handle serialises its queries, so sharing one would make a 5 ms look-up wait for a
scan. Opening one costs 0.3 ms once the engine runs, so each request gets a fresh one:
settings, temporary tables and the current database of a request die with it.
"""

import asyncio
import contextlib
import re
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, ParamSpec, TypeVar
from urllib.parse import urlencode

from siyu.core.analytics.lanes import Lane
from siyu.core.analytics.statement import Kind, Statement

_SETTING_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_ERROR_CODE = re.compile(r"Code: (\d+)\.")
DATABASE = "siyu"
"""The database requests work in that name none."""
_APPEND_BYTES = 4 << 20
_STREAM_BLOCKS = 4
_KILL_TRIES = 100
_KILL_PAUSE = 0.02
P = ParamSpec("P")
T = TypeVar("T")


class EngineError(Exception):
    """The engine refused or failed; `code` is ClickHouse's error code, 0 when unknown."""

    def __init__(self, message: str) -> None:
        start = message.find("Code: ")
        super().__init__(message[max(start, 0) :].strip())
        found = _ERROR_CODE.search(message)
        self.code = int(found.group(1)) if found else 0


@dataclass(frozen=True)
class Request:
    """One statement with what its HTTP request said about it."""

    id: str
    statement: Statement
    settings: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    database: str | None = None
    format: str = "TabSeparated"
    read_only: bool = False


_BACKGROUND: Final = {
    f"background_processing_pool_{name}": "0.01"
    for name in (
        "thread_sleep_seconds_if_nothing_to_do",
        "task_sleep_seconds_when_no_work_random_part",
    )
}
"""Who deletes waits until background work looks again: with the engine's defaults a second."""


@dataclass(frozen=True)
class Result:
    """A result in memory, with what it cost."""

    body: bytes = b""
    read_rows: int = 0
    read_bytes: int = 0
    written_rows: int = 0
    written_bytes: int = 0
    elapsed: float = 0.0
    """Seconds inside the engine."""


class Engine:
    """The chdb engine of this process; open it once, never fork afterwards.

    `path` is the data folder, `memory_bytes` what all queries together may use,
    `readers` how many statements may read at the same time, `waiting` how many may
    queue in each lane before `Busy` is raised.
    """

    def __init__(
        self, path: str, *, memory_bytes: int, readers: int = 4, waiting: int = 256
    ) -> None:
        options = {"max_server_memory_usage": str(memory_bytes)} | _BACKGROUND
        self._address = f"{path}?{urlencode(options)}"
        self._defaults = {
            "max_execution_time": "60",
            "max_memory_usage": str(memory_bytes * 6 // 10),
            "max_bytes_before_external_group_by": str(memory_bytes * 3 // 10),
            "max_bytes_before_external_sort": str(memory_bytes * 3 // 10),
        }
        self._reading = Lane("read", readers, waiting)
        self._streaming = Lane("stream", 2, waiting)
        self._writing = Lane("write", 1, waiting)
        self._control = Lane("control", 1, 10_000)
        self._running: set[str] = set()
        self._killings: set[asyncio.Future[None]] = set()
        self._keeper: Any = None

    def open(self) -> None:
        """Start the engine (0.6 to 2 s) and keep it running until `close`."""
        self._keeper = _connect(self._address)
        # Not chdb's `default`: that one falls back to files when a table is missing.
        _ask(self._keeper.query, f"CREATE DATABASE IF NOT EXISTS {DATABASE} ENGINE = Atomic")

    async def run(self, request: Request) -> Result:
        """Run a statement to its end.

        Raises `EngineError`, or `Busy`. When the caller is cancelled, a waiting statement is
        dropped and a running read is killed; a running write ends as it will.
        """
        if request.statement.kind is Kind.INSERT:
            return await self._writing.submit(self._insert, request)
        if request.statement.kind is Kind.WRITE:
            return await self._writing.submit(self._query, request)
        try:
            return await self._reading.submit(self._query, request)
        except asyncio.CancelledError:
            self._kill_soon(request)
            raise

    async def stream(self, request: Request) -> AsyncGenerator[bytes, None]:
        """Yield the result of a reading statement block by block; close the iterator to stop it.

        Raises `EngineError`, also between blocks, or `Busy`.
        """
        loop = asyncio.get_running_loop()
        blocks: asyncio.Queue[bytes | None] = asyncio.Queue(_STREAM_BLOCKS)
        gone = threading.Event()

        def pump() -> None:
            with self._handle(request) as handle:
                for block in _blocks(handle, request):
                    if gone.is_set():
                        return
                    asyncio.run_coroutine_threadsafe(blocks.put(block), loop).result()

        async def pump_to_end() -> None:
            try:
                await self._streaming.submit(pump)
            finally:
                await blocks.put(None)

        pumping = asyncio.create_task(pump_to_end())
        try:
            while (block := await blocks.get()) is not None:
                yield block
            await pumping
        finally:
            gone.set()
            if not pumping.done():
                self._kill_soon(request)
                while await blocks.get() is not None:
                    pass
                await asyncio.wait([pumping])

    async def interrupt(self) -> None:
        """Stop whatever runs; its callers get ClickHouse's error 394."""
        with contextlib.suppress(EngineError):
            await self._control.submit(self._kill, "Settings['log_comment'] != ''")

    async def close(self, seconds: float = 3.0) -> bool:
        """Stop what runs and close; tell whether everything ended within `seconds`."""
        for lane in (self._reading, self._streaming, self._writing):
            lane.stop()
        deadline = time.monotonic() + seconds
        while self._running and time.monotonic() < deadline:
            await self.interrupt()
            await asyncio.sleep(_KILL_PAUSE)
        self._control.stop()
        if self._running:
            return False
        self._keeper.close()
        return True

    @contextlib.contextmanager
    def _handle(self, request: Request) -> Iterator[Any]:
        self._running.add(request.id)
        handle = None
        try:
            handle = _connect(self._address)
            _ask(handle.query, f"USE {_identifier(request.database or DATABASE)}")
            settings = {**self._defaults, **request.settings, "log_comment": request.id}
            if request.read_only:
                settings["readonly"] = "2"
            _ask(handle.query, "SET " + ", ".join(_assignments(settings)))
            yield handle
        finally:
            if handle is not None:
                handle.close()
            self._running.discard(request.id)

    def _query(self, request: Request) -> Result:
        with self._handle(request) as handle:
            answer = _ask(
                handle.query,
                request.statement.sql,
                request.format,
                params=dict(request.parameters),
            )
            return Result(
                answer.bytes() or b"",
                read_rows=answer.rows_read(),
                read_bytes=answer.bytes_read(),
                elapsed=answer.elapsed(),
            )

    def _insert(self, request: Request) -> Result:
        data = request.statement.data
        with self._handle(request) as handle:
            inserter = _ask(handle.send_insert, request.statement.sql, request.format)
            try:
                for start in range(0, len(data), _APPEND_BYTES):
                    _ask(inserter.append, data[start : start + _APPEND_BYTES])
                done = _ask(inserter.finish)
            except EngineError:
                with contextlib.suppress(RuntimeError):
                    inserter.cancel()
                raise
            return Result(
                written_rows=done.rows_written,
                written_bytes=done.bytes_written,
                elapsed=done.elapsed,
            )

    def _kill_soon(self, request: Request) -> None:
        def insist() -> None:
            # The statement may not have reached the engine yet when its caller leaves.
            for _ in range(_KILL_TRIES):
                if request.id not in self._running:
                    return
                self._kill(f"Settings['log_comment'] = {_literal(request.id)}")
                time.sleep(_KILL_PAUSE)

        killing = asyncio.ensure_future(self._control.submit(insist))
        self._killings.add(killing)
        killing.add_done_callback(self._killings.discard)

    def _kill(self, condition: str) -> None:
        handle = _connect(self._address)
        try:
            _ask(handle.query, f"KILL QUERY WHERE {condition} ASYNC")
        finally:
            handle.close()


def _blocks(handle: Any, request: Request) -> Iterator[bytes]:
    sql, parameters = request.statement.sql, dict(request.parameters)
    result = _ask(handle.send_query, sql, request.format, params=parameters)
    try:
        while (block := _ask(result.fetch)) is not None:
            yield block.bytes()
    finally:
        result.close()


def _connect(address: str) -> Any:
    # Imported late: loading the engine takes 0.6 s and 300 MB, and clients do not need it.
    from chdb.state.sqlitelike import Connection  # noqa: PLC0415

    return Connection(address)


def _ask(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        return call(*args, **kwargs)
    except (RuntimeError, ValueError) as error:
        raise EngineError(str(error)) from None


def _assignments(settings: Mapping[str, str]) -> Iterator[str]:
    for name, value in settings.items():
        if not _SETTING_NAME.match(name):
            raise EngineError(
                f"Code: 115. DB::Exception: Unknown setting {name!r}. (UNKNOWN_SETTING)"
            )
        yield f"{name} = {_literal(value)}"


def _literal(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _identifier(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("`", "\\`")
    return f"`{escaped}`"
