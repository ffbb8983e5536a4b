"""Takes pushes to the official account by its rule: 5 seconds, three calls in all.

Plain pushes are signed with the token alone; encrypted ones carry ``msg_signature`` too. The
answer may hold a message for the chat (被动回复); who gets none after three calls reads that the
account is out of order.
"""

import hashlib
import re
import secrets
import time
from urllib.parse import urlencode

import httpx

from siyu.channels.wecom.crypto import CallbackCrypto, CallbackCryptoError
from siyu.sandbox.callbacks.office import callback_keys_error
from siyu.sandbox.callbacks.wire import Wire, WireError
from siyu.sandbox.hosts import split
from siyu.sandbox.world import wechat_records as w
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.log import shown
from siyu.sandbox.world.state import World
from siyu.sandbox.world.wechat import official_chat

_OK = 200
_SECONDS = 5.0
_CALLS = 3
_GAP_SECONDS = 1.0
_NOTHING = {b"", b"success"}
_FIELD = re.compile(r"<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))</\1>", re.DOTALL)
_OUT_OF_ORDER = "该公众号提供的服务出现故障，请稍后再试"


class PushOffice:
    """Delivers pushes in the background."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._wire = Wire()
        world.wechat.on_push = self._take

    def resume(self) -> None:
        """Deliver what was on its way when the world stopped."""
        for push in sorted(self._world.wechat.pushes, key=lambda p: p.id):
            if push.status == "waiting":
                self._take(push)

    def close(self) -> None:
        """Close all idle connections."""
        self._wire.close()

    def _take(self, push: w.Push) -> None:
        self._world.agenda.spawn(self._deliver(push))

    async def _deliver(self, push: w.Push) -> None:
        world = self._world
        await world.journal.settled()
        while push.attempts < _CALLS and (address := world.wechat.address).url:
            if push.attempts:
                await world.agenda.sleep(_GAP_SECONDS)
            push.attempts += 1
            answer = await self._attempt(address, push)
            if answer is None:
                continue
            if answer.strip() not in _NOTHING:
                self._show(address, push, answer)
            world.wechat.pushes.finish(str(push.id))
            return
        push.status = "lost"
        world.wechat.pushes.save(push)
        if push.answerable:
            self._post(push, "system", {"text": _OUT_OF_ORDER})

    async def _attempt(self, address: w.PushAddress, push: w.Push) -> bytes | None:
        world = self._world
        url, body = _sealed(world, address, push.xml)
        started = time.perf_counter()
        status: int | None = None
        answer, note = b"", f"attempt {push.attempts}"
        try:
            status, answer = await self._wire.post(url, body, "text/xml", _SECONDS)
        except WireError as error:
            note = f"{note}: {error}"
        world.log.add(
            world.now(), "callback", sender="wechat", receiver="official", method="POST",
            path=address.url, request=push.xml, response=shown(answer), status=status, note=note,
            milliseconds=round((time.perf_counter() - started) * 1000, 2),
        )  # fmt: skip
        return answer if status == _OK else None

    def _show(self, address: w.PushAddress, push: w.Push, answer: bytes) -> None:
        """Put a passive reply into the chat; one that cannot be read counts as out of order."""
        fields = _fields(answer.decode("utf-8", "replace"))
        try:
            if "Encrypt" in fields and address.aes_key:
                crypto = CallbackCrypto(address.token, address.aes_key, self._world.official.appid)
                signed = (fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"])
                fields = _fields(crypto.open(*signed, fields["Encrypt"]).decode("utf-8", "replace"))
        except (CallbackCryptoError, KeyError):
            fields = {}
        person = self._world.people.get(str(push.person))
        kind, mine = fields.get("MsgType", ""), address.original_id
        openid = person.openids[self._world.official.appid] if person else ""
        if (fields.get("ToUserName"), fields.get("FromUserName")) != (openid, mine):
            self._post(push, "system", {"text": _OUT_OF_ORDER})
        elif kind == "text":
            self._post(push, "text", {"text": fields.get("Content", "")})
        elif kind == "news":
            self._post(push, "link", {
                "title": fields.get("Title", ""), "desc": fields.get("Description", ""),
                "url": fields.get("Url", ""), "pic": fields.get("PicUrl", ""),
            })  # fmt: skip
        elif kind in {"image", "voice", "video"}:
            media = f"{self._world.base_url}/media/{fields.get('MediaId', '')}"
            self._post(push, kind, {"pic": media})

    def _post(self, push: w.Push, kind: str, parts: dict[str, str]) -> None:
        chat, sender = official_chat(push.person), "system" if kind == "system" else "official"
        self._world.post_message(chat, sender, kind, "reply", **parts)


def _fields(xml: str) -> dict[str, str]:
    return {found[1]: found[2] or found[3] or "" for found in _FIELD.finditer(xml)}


def _sealed(world: World, address: w.PushAddress, xml: str) -> tuple[str, bytes]:
    stamp, nonce = str(int(world.now())), str(secrets.randbelow(10**10))
    query = {"signature": plain_signature(address.token, stamp, nonce), "timestamp": stamp}
    query |= {"nonce": nonce}
    body = xml
    if address.mode != "plain":
        crypto = CallbackCrypto(address.token, address.aes_key, world.official.appid)
        sealed = crypto.seal(xml.encode(), stamp, nonce)
        query |= {"encrypt_type": "aes", "msg_signature": sealed.signature}
        encrypted = f"<Encrypt><![CDATA[{sealed.encrypt}]]></Encrypt>"
        if address.mode == "safe":
            own = f"<ToUserName><![CDATA[{address.original_id}]]></ToUserName>"
            body = f"<xml>{own}{encrypted}</xml>"
        else:
            body = xml.replace("</xml>", f"{encrypted}</xml>")
    return _with(address.url, query), body.encode()


def plain_signature(token: str, timestamp: str, nonce: str) -> str:
    """Return the plain ``signature`` of a push."""
    joined = "".join(sorted((token, timestamp, nonce)))
    return hashlib.sha1(joined.encode()).hexdigest()  # noqa: S324  the protocol fixes SHA-1


async def set_address(world: World, http: httpx.AsyncClient, wanted: w.PushAddress) -> None:
    """Verify an address by a plain ``echostr`` and keep it; raises `WorldRefused`."""
    if why := callback_keys_error(wanted.token, wanted.aes_key or "A" * 43):
        raise WorldRefused(f"Token 或 EncodingAESKey 格式不对:{why}")
    if wanted.mode not in {"plain", "both", "safe"} or (
        wanted.mode != "plain" and not wanted.aes_key
    ):
        raise WorldRefused("消息加解密方式为 plain、both 或 safe,后两种需要 EncodingAESKey")
    try:
        split(wanted.url)
    except ValueError as error:
        raise WorldRefused("服务器地址须是完整的 http(s) 地址") from error
    echo, stamp = str(secrets.randbelow(10**19)), str(int(world.now()))
    nonce = str(secrets.randbelow(10**10))
    signature = plain_signature(wanted.token, stamp, nonce)
    query = {"signature": signature, "timestamp": stamp, "nonce": nonce, "echostr": echo}
    try:
        answer = await http.get(_with(wanted.url, query), timeout=world.switches.callback_seconds)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise WorldRefused(f"服务器地址请求不通过:{type(error).__name__}") from error
    if answer.status_code != _OK or answer.text != echo:
        raise WorldRefused(
            f"服务器地址请求不通过:HTTP {answer.status_code},返回内容与 echostr 不符"
        )
    world.wechat.addresses.save(wanted)


def _with(url: str, query: dict[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"
