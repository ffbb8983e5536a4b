"""Names below ``.localhost``, and who is hidden in them.

Browsers resolve ``*.localhost`` to the loopback; servers cannot rely on it, so everything the
world sends goes to 127.0.0.1 for such names while the Host header keeps the name. A person opens
siyu under an own host (``p-17.siyu.localhost``, ``s-linxiaoyue.siyu.localhost``), so that cookies
never mix; WeCom's rules about hosts look through that prefix.
"""

import re
import ssl
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, urlsplit, urlunsplit

import httpx

LOOPBACK = "127.0.0.1"
_WHO = re.compile(r"(?P<kind>[ps])-(?P<key>[a-z0-9_.-]+?)\.(?P<host>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Who:
    """Who acts: a customer (``p``, number of the person) or a staff account (``s``, userid)."""

    kind: str
    key: str

    @property
    def label(self) -> str:
        """The form used in hosts and in the control API: ``p-17`` or ``s-linxiaoyue``."""
        return f"{self.kind}-{self.key}"

    @property
    def is_staff(self) -> bool:
        """Whether a staff account acts."""
        return self.kind == "s"


def parse_who(label: str) -> Who | None:
    """Read ``p-17`` or ``s-userid``; None when it is neither."""
    kind, dash, key = label.partition("-")
    if not dash or not key or kind not in {"p", "s"}:
        return None
    if kind == "p" and not key.isdigit():
        return None
    return Who(kind, key)


def split_host(netloc: str) -> tuple[Who | None, str]:
    """Return who is hidden in ``netloc`` (may carry a port) and the host without the prefix."""
    found = _WHO.fullmatch(netloc)
    if found is None:
        return None, netloc
    who = parse_who(f"{found['kind'].lower()}-{found['key'].lower()}")
    return (None, netloc) if who is None else (who, found["host"])


def own_url(url: str, who: Who, personal_hosts: frozenset[str]) -> str:
    """Return ``url`` under the own host of ``who``.

    Only hosts in ``personal_hosts`` (siyu's, with port) change; a prefix of someone else, left
    by copying a link out of an own browser, is replaced.
    """
    parts = urlsplit(url)
    _, bare = split_host(parts.netloc)
    if bare.lower() not in personal_hosts:
        return url
    return urlunsplit(parts._replace(netloc=f"{who.label}.{bare}"))


def is_local(hostname: str | None) -> bool:
    """Whether the name means this machine without asking DNS."""
    name = (hostname or "").lower().rstrip(".")
    return name == "localhost" or name.endswith(".localhost")


def connect_host(hostname: str) -> str:
    """Return the address to connect to for ``hostname``."""
    return LOOPBACK if is_local(hostname) else hostname


def default_scheme(domain: str) -> str:
    """Trusted domains are written without a scheme: plain on this machine, TLS elsewhere."""
    hostname = urlsplit(f"//{domain}").hostname
    return "http" if is_local(hostname) or hostname == LOOPBACK else "https"


@cache
def _authorities() -> ssl.SSLContext:
    """Return whom to trust: reading that takes longer than the rest of a world's beginning."""
    return httpx.create_ssl_context()


class LoopbackTransport(httpx.AsyncHTTPTransport):
    """Connects ``*.localhost`` to 127.0.0.1 and keeps the Host header."""

    def __init__(self, limits: httpx.Limits) -> None:
        super().__init__(verify=_authorities(), limits=limits)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; httpx set the Host header from the name before."""
        if is_local(request.url.host):
            request.url = request.url.copy_with(host=LOOPBACK)
        return await super().handle_async_request(request)


def split(url: str) -> SplitResult:
    """Split an absolute http(s) address; raises ValueError for anything else."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("an absolute http or https address is needed")
    return parts
