"""What the admin console does when an app's callback address or trusted domain is entered."""

import secrets
import time

import httpx

from siyu.channels.wecom.crypto import CallbackCrypto
from siyu.sandbox.callbacks.office import callback_keys_error, signed_url
from siyu.sandbox.hosts import default_scheme, split
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.log import shown
from siyu.sandbox.world.state import World

_OK = 200
_DOMAIN_SECONDS = 5.0


async def set_callback(
    world: World, http: httpx.AsyncClient, app: r.App, url: str, token: str, aes_key: str
) -> None:
    """Verify the address by an encrypted ``echostr`` (doc 90930) and keep it.

    Raises `WorldRefused` with the reason; nothing is kept then.
    """
    if why := callback_keys_error(token, aes_key):
        raise WorldRefused(f"Token 或 EncodingAESKey 格式不对:{why}")
    try:
        split(url)
    except ValueError as error:
        raise WorldRefused("回调地址须是完整的 http(s) 地址") from error
    echo = str(secrets.randbelow(10**19))
    timestamp, nonce = str(int(world.now())), str(secrets.randbelow(10**10))
    sealed = CallbackCrypto(token, aes_key, world.corp.corpid).seal(echo.encode(), timestamp, nonce)
    asked = signed_url(url, sealed.signature, timestamp, nonce, echostr=sealed.encrypt)
    status, answer, problem = await _fetch(
        world, http, asked, "verify", url, world.switches.verify_seconds
    )
    if problem or status != _OK or answer != echo:
        raise WorldRefused(
            f"openapi 回调地址请求不通过:{problem or f'HTTP {status},返回内容与 echostr 不符'}"
        )
    app.callback_url, app.callback_token, app.callback_aes_key = url, token, aes_key
    app.callback_verified_at = world.now()
    world.apps.save(app)


async def set_trusted_domain(
    world: World, http: httpx.AsyncClient, app: r.App, domain: str
) -> None:
    """Fetch the verification file from the domain's root and keep the domain.

    Raises `WorldRefused` when the file is missing or says something else.
    """
    await _check_file(world, http, domain, app.verify_name)
    app.trusted_domain = domain.lower()
    app.domain_verified_at = world.now()
    world.apps.save(app)


async def set_official_domain(world: World, http: httpx.AsyncClient, domain: str) -> None:
    """Do the same for the official account's 网页授权域名, with its MP_verify file."""
    await _check_file(world, http, domain, world.official.verify_name)
    world.official.domain = domain.lower()
    world.officials.save(world.official)


def verify_content(name: str) -> str:
    """Return what a verification file holds: the random part of its own name."""
    return name.removesuffix(".txt").rpartition("_")[2]


async def _check_file(world: World, http: httpx.AsyncClient, domain: str, name: str) -> None:
    if "/" in domain or not domain:
        raise WorldRefused("可信域名只写域名和端口,不写 http:// 和路径")
    url = f"{default_scheme(domain)}://{domain}/{name}"
    status, answer, problem = await _fetch(world, http, url, "verify", url, _DOMAIN_SECONDS)
    if problem or status != _OK or answer.strip() != verify_content(name):
        raise WorldRefused(
            f"域名归属验证失败:{problem or f'访问 {url} 得到 HTTP {status},内容不符'}"
        )


async def _fetch(
    world: World, http: httpx.AsyncClient, url: str, kind: str, logged: str, seconds: float
) -> tuple[int | None, str, str]:
    started = time.perf_counter()
    status: int | None = None
    answer = problem = ""
    try:
        response = await http.get(url, timeout=seconds)
        status, answer = response.status_code, response.text
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        problem = f"{type(error).__name__} {error}".strip()
    world.log.add(
        world.now(),
        kind,
        sender="wecom",
        receiver="siyu",
        method="GET",
        path=logged,
        response=shown(answer),
        status=status,
        milliseconds=round((time.perf_counter() - started) * 1000, 2),
        note=problem,
    )
    return status, answer, problem
