"""The gate of the server API: a bare ASGI app that checks, counts, dispatches, commits and logs.

It is bare because a burst of welcomes goes through it; the rules behind it are plain functions
on the world's memory, so nothing runs between two of them.
"""

import asyncio
import inspect
import time
from urllib.parse import parse_qsl

import msgspec
from litestar.types import HTTPScope, Receive, Send

from siyu.sandbox.api.call import Answer, Call, Endpoint, File
from siyu.sandbox.api.errors import ApiError, error_body
from siyu.sandbox.api.licences import may_serve
from siyu.sandbox.api.limits import Limits
from siyu.sandbox.wechat.accounts import is_of_wechat
from siyu.sandbox.world import ids
from siyu.sandbox.world.faults import Dice, forget_token
from siyu.sandbox.world.log import hide_secrets, shown
from siyu.sandbox.world.records import App
from siyu.sandbox.world.state import World

_BODY_LIMIT = 21 * 1024 * 1024
_FAULT_CODES = {"crowd": 45033, "busy": -1}
_BAD = 40058
_WRONG_METHOD = {"GET": 43001, "POST": 43002}


class Gate:
    """Answers the endpoints it was given."""

    def __init__(self, world: World, endpoints: tuple[Endpoint, ...], dice: Dice) -> None:
        self._world = world
        self._dice = dice
        self.in_flight = 0
        self._limits = Limits()
        self._endpoints = {(e.host, e.method, e.path): e for e in endpoints}
        self._paths = {e.path: e.method for e in endpoints}

    def knows(self, path: str) -> bool:
        """Whether the path belongs to the server API."""
        return path in self._paths or path.startswith("/cgi-bin/")

    async def __call__(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        """Answer one call, or meet it with a fault."""
        self.in_flight += 1
        try:
            await self._serve(scope, receive, send)
        finally:
            self.in_flight -= 1

    async def _serve(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        call = await self._read(scope, receive)
        path, query = scope["path"], scope["query_string"].decode("latin-1")
        fault = self._dice.of_call(scope["method"], path, query, call.body)
        if fault == "slow":
            await asyncio.sleep(self._dice.rates(path).slow_seconds)
        answer = None if fault == "cut_before" else await self._answer(scope, call, fault)
        if fault in {"cut_before", "cut_after"}:
            self._log(scope, call, "", None, None, started, fault)
            await _cut(send)
            return
        status = 404 if answer is None else 200
        code: int | None = None
        if isinstance(answer, File):
            content, content_type, text = answer.content, answer.content_type, "(file)"
            status = 206 if answer.span else status
        else:
            content = msgspec.json.encode(answer) if answer is not None else b"404 page not found"
            content_type, text = "application/json; charset=UTF-8", shown(content)
            code = answer.get("errcode") if answer is not None else None
        self._log(scope, call, text, status, code, started, fault)
        headers = [
            (b"content-type", content_type.encode()),
            (b"content-length", str(len(content)).encode()),
        ]
        if isinstance(answer, File) and answer.filename:
            headers.append(
                (b"content-disposition", f'attachment; filename="{answer.filename}"'.encode())
            )
        if isinstance(answer, File) and answer.span:
            headers.append((b"content-range", answer.span.encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content, "more_body": False})

    async def _read(self, scope: HTTPScope, receive: Receive) -> Call:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                break
            body += message.get("body", b"")
            if len(body) > _BODY_LIMIT or not message.get("more_body"):
                break
        headers = dict(scope["headers"])
        client = scope.get("client")
        return Call(
            world=self._world,
            query=dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
            body=bytes(body),
            content_type=headers.get(b"content-type", b"").decode("latin-1"),
            ip=client[0] if client else "127.0.0.1",
            range=headers.get(b"range", b"").decode("latin-1"),
        )

    async def _answer(self, scope: HTTPScope, call: Call, fault: str) -> Answer | None:
        path = scope["path"]
        endpoint = self._find(scope["method"], path, call.query.get("access_token", ""))
        before = self._world.journal.changes
        try:
            if endpoint is None and path not in self._paths:
                return None
            answer = await self._dispatch(endpoint, path, call, fault)
        except ApiError as error:
            code = self._world.switches.bad_parameter_code if error.code == _BAD else error.code
            answer = error_body(code, str(error), ids.random_text(16), call.ip)
        if self._world.journal.changes != before and not call.settled:
            await self._world.journal.settled()
        if isinstance(answer, dict) and "errcode" not in answer and not call.free:
            answer = {"errcode": 0, "errmsg": "ok", **answer}
        return answer

    def _find(self, method: str, path: str, token: str) -> Endpoint | None:
        """Return the endpoint; on a path that both hosts have, the token tells which is meant."""
        wecom = self._endpoints.get(("wecom", method, path))
        wechat = self._endpoints.get(("wechat", method, path))
        is_wechat = wecom is None or is_of_wechat(self._world, token)
        return wechat if wechat is not None and is_wechat else wecom

    async def _dispatch(
        self, endpoint: Endpoint | None, path: str, call: Call, fault: str
    ) -> Answer:
        if endpoint is None:
            raise ApiError(_WRONG_METHOD[self._paths[path]])
        if fault in _FAULT_CODES:
            raise ApiError(_FAULT_CODES[fault])
        if fault == "quota":
            now = self._world.now()
            self._limits.shut(path, now + self._dice.rates(path).shut_seconds)
        if endpoint.token:
            if fault == "token":
                self._let_die(call.query.get("access_token", ""))
            call.app = app_of_token(self._world, call.query.get("access_token", ""))
            if endpoint.needs and not call.app.permissions.get(endpoint.needs):
                raise ApiError(48002)
            if endpoint.needs == "customer_contact" and not may_serve(self._world, call.app):
                raise ApiError(701008)
        switches = self._world.switches
        self._limits.enter(endpoint.path, self._world.now(), switches)
        try:
            answer = endpoint.rule(call)
            return await answer if inspect.isawaitable(answer) else answer
        finally:
            self._limits.leave(endpoint.path)

    def _let_die(self, token: str) -> None:
        known = self._world.tokens.get(token)
        app = self._world.apps.get(str(known.owner)) if known else None
        if app is not None and app.token == token:
            forget_token(self._world, app)

    def _log(
        self,
        scope: HTTPScope,
        call: Call,
        text: str,
        status: int | None,
        code: int | None,
        started: float,
        fault: str,
    ) -> None:
        query = scope["query_string"].decode("latin-1")
        is_form = call.content_type.startswith("multipart/")
        self._world.log.add(
            self._world.now(),
            "api",
            sender=f"app:{call.app.agentid}" if call.app else "siyu",
            receiver="wechat" if _is_wechat(scope["path"]) else "wecom",
            method=scope["method"],
            path=scope["path"] + (f"?{hide_secrets(query)}" if query else ""),
            request=f"(form of {len(call.body)} bytes)" if is_form else shown(call.body),
            response=text,
            status=status,
            errcode=code,
            milliseconds=round((time.perf_counter() - started) * 1000, 2),
            note=f"fault: {fault}" if fault else "",
        )


def _is_wechat(path: str) -> bool:
    return path.startswith(("/sns/", "/wxa/"))


async def _cut(send: Send) -> None:
    """Break the connection without an answer.

    ASGI has no word for that, so uvicorn's connection is taken from behind its ``send``.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise RuntimeError("this server does not let its connections be cut")
    transport.abort()
    await asyncio.sleep(0)  # the server notes the loss before we return without an answer


def app_of_token(world: World, token: str) -> App:
    """Return the app a token was given to, or 41001 (missing), 40014 (unknown), 42001 (expired)."""
    if not token:
        raise ApiError(41001)
    known = world.tokens.get(token)
    app = world.apps.get(str(known.owner)) if known else None
    if known is None or app is None:
        raise ApiError(40014)
    if known.expires <= world.now():
        raise ApiError(42001)
    return app
