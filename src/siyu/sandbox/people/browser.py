"""A person's browser without a screen: own cookies, redirects, OAuth, and the page's tracker."""

import json
import re
import time
from dataclasses import dataclass, field
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx

from siyu.sandbox.hosts import Who, own_url, split
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.log import hide_secrets, shown
from siyu.sandbox.world.state import World

_HOPS = 15
_BEAT_SECONDS = 3.0
_REDIRECTS = {301, 302, 303, 307, 308}
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_TRACK = re.compile(
    r"<script\b(?=[^>]*\bid=[\"']siyu-track[\"'])[^>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL
)
_LINK = re.compile(r"<a\b[^>]*\bhref=[\"']([^\"'#]+)[\"']", re.IGNORECASE)
_AGENT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50(0x18003230) NetType/WIFI "
    "Language/zh_CN"
)


@dataclass(slots=True)
class Page:
    """What a person sees at the end of the redirects.

    ``track`` is the JSON of the page's ``siyu-track`` element, None on a page without it.
    ``links`` are the absolute addresses of the page's links.
    """

    status: int
    url: str
    title: str = ""
    hops: list[str] = field(default_factory=list)
    track: dict[str, Any] | None = None
    links: list[str] = field(default_factory=list)


class Browser:
    """Opens links as a person; cookies are kept with the person."""

    def __init__(self, world: World, http: httpx.AsyncClient) -> None:
        self._world = world
        self._http = http

    async def open(self, person: r.Person, url: str, *, seconds: float, depth: int) -> Page:
        """Open ``url`` and start reading: ``seconds`` long, down to ``depth`` (0 to 100).

        Returns when the page is there; reading goes on in the background, in the world's seconds.
        Raises `WorldRefused` when there is no page.
        """
        page, html = await self._load(person, url)
        _understand(page, html)
        self._note_share(person, page, url)
        if page.track is not None and seconds > 0:
            self._world.agenda.spawn(self._read(person, page, seconds, depth))
        return page

    async def _load(self, person: r.Person, url: str) -> tuple[Page, str]:
        try:
            split(url)
        except ValueError as error:
            raise WorldRefused("这不是可以打开的网址") from error
        who = Who("p", str(person.id))
        here = own_url(url, who, self._world.personal_hosts)
        hops: list[str] = []
        for _ in range(_HOPS):
            self._note_touch(person, here)
            response = await self._request(person, "GET", here, "page")
            hops.append(hide_secrets(here))
            location = response.headers.get("location")
            if response.status_code not in _REDIRECTS or not location:
                return Page(response.status_code, here, hops=hops), response.text
            here = urljoin(here, location)
        raise WorldRefused("页面跳转次数过多")

    def _note_share(self, person: r.Person, page: Page, url: str) -> None:
        """Keep what the page would set through ``updateAppMessageShareData``."""
        share = (page.track or {}).get("share")
        card = share.get("card") if isinstance(share, dict) else None
        if isinstance(card, dict):
            person.share = {name: str(value) for name, value in card.items()}
            person.share |= {"page": page.url, "opened": url}
            self._world.people.save(person)

    def _note_touch(self, person: r.Person, url: str) -> None:
        touch = parse_qs(urlsplit(url).query).get("t", [""])[0]
        if touch and touch != person.touch:
            person.touch = touch
            self._world.people.save(person)

    async def _request(
        self, person: r.Person, method: str, url: str, kind: str, body: bytes | None = None
    ) -> httpx.Response:
        world = self._world
        cookies = httpx.Cookies(_jar(person.cookies))
        request = self._http.build_request(method, url, content=body, headers=_headers(url, body))
        cookies.set_cookie_header(request)
        original = request.url
        started = time.perf_counter()
        try:
            response = await self._http.send(request, follow_redirects=False)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._log(person, method, url, kind, body, None, str(error), started)
            raise WorldRefused(f"打不开页面:{type(error).__name__}") from error
        request.url = original  # the transport may have replaced the name by the loopback
        cookies.extract_cookies(response)
        kept = _kept(cookies.jar)
        if kept != person.cookies:
            person.cookies = kept
            world.people.save(person)
        text = "" if kind == "page" else response.text
        self._log(person, method, url, kind, body, response.status_code, text, started)
        return response

    def _log(
        self,
        person: r.Person,
        method: str,
        url: str,
        kind: str,
        body: bytes | None,
        status: int | None,
        text: str,
        started: float,
    ) -> None:
        self._world.log.add(
            self._world.now(),
            kind,
            sender=f"p-{person.id}",
            receiver=urlsplit(url).netloc,
            method=method,
            path=hide_secrets(url),
            request=shown(body or b""),
            response=shown(text),
            status=status,
            milliseconds=round((time.perf_counter() - started) * 1000, 2),
        )

    async def _read(self, person: r.Person, page: Page, seconds: float, depth: int) -> None:
        """Behave like the page's tracker: tell in sums how long and how far, as it happens."""
        track = page.track or {}
        collect = track.get("collect")
        if not isinstance(collect, str):
            return
        url = urljoin(page.url, collect)
        read = 0.0
        while True:
            end = read >= seconds
            beat = {
                "visit": track.get("visit"),
                "seconds": int(read),
                "depth": int(depth * min(read / seconds, 1.0)),
                "end": end,
            }
            try:
                await self._request(person, "POST", url, "beat", json.dumps(beat).encode())
            except WorldRefused:
                return  # a tracker never disturbs the reader; the log shows it
            if end:
                return
            pause = min(_BEAT_SECONDS, seconds - read)
            await self._world.agenda.sleep(pause)
            read += pause


def _headers(url: str, body: bytes | None) -> dict[str, str]:
    headers = {"User-Agent": _AGENT, "Accept-Language": "zh-CN,zh;q=0.9"}
    if body is None:
        return headers | {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    return headers | {
        "Content-Type": "text/plain;charset=UTF-8",
        "Origin": origin,
        "Sec-Fetch-Site": "same-origin",
    }


def _understand(page: Page, html: str) -> None:
    if found := _TITLE.search(html):
        page.title = found[1].strip()
    page.links = list(dict.fromkeys(urljoin(page.url, link) for link in _LINK.findall(html)))
    if found := _TRACK.search(html):
        try:
            track = json.loads(found[1])
        except ValueError:
            track = None
        page.track = track if isinstance(track, dict) else None


def _jar(kept: list[dict[str, Any]]) -> CookieJar:
    # Browsers treat *.localhost as safe: cookies marked Secure travel there over plain HTTP too.
    jar = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
    for item in kept:
        jar.set_cookie(
            Cookie(
                version=0, name=item["name"], value=item["value"], port=None,
                port_specified=False, domain=item["domain"], domain_specified=item["shared"],
                domain_initial_dot=item["domain"].startswith("."), path=item["path"],
                path_specified=True, secure=item["secure"], expires=item["expires"],
                discard=False, comment=None, comment_url=None, rest={},
            )
        )  # fmt: skip
    return jar


def _kept(jar: CookieJar) -> list[dict[str, Any]]:
    return [
        {
            "name": cookie.name,
            "value": cookie.value,
            "domain": cookie.domain,
            "shared": cookie.domain_specified,
            "path": cookie.path,
            "secure": cookie.secure,
            "expires": cookie.expires,
        }
        for cookie in jar
    ]
