"""Nobody without a session reaches anything but the public doors; no foreign page acts."""

import pytest

from siyu.app import openapi_document

PUBLIC = {
    ("get", "/api/setup"),
    ("post", "/api/setup"),
    ("get", "/api/session"),
    ("post", "/api/session"),
    ("delete", "/api/session"),
}
METHODS = ("get", "post", "put", "patch", "delete")


def operations():
    paths = openapi_document()["paths"]
    return [
        (method, path)
        for path, item in sorted(paths.items())
        for method in METHODS
        if method in item
    ]


def filled(path: str) -> str:
    return "/".join(("1" if part.startswith("{") else part) for part in path.split("/"))


async def test_without_a_session_every_door_but_the_public_ones_is_shut(site):
    tenant = await site.tenant()
    async with tenant.visitor() as browser:
        for method, path in operations():
            if (method, path) in PUBLIC:
                continue
            answer = await browser.request(method, filled(path), json={})
            # Some doors refuse an ill-formed body before they ask who knocks.
            assert answer.status_code in {400, 401}, (method, path, answer.text)
            if answer.status_code == 400:
                assert answer.json()["code"] in {"input_invalid", "request_invalid"}


async def test_a_foreign_page_cannot_act_in_somebodys_name(site):
    tenant = await site.tenant()
    async with await tenant.employee("admin") as browser:
        for headers in (
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"sec-fetch-site": "", "origin": "https://evil.example"},
        ):
            answer = await browser.delete("/api/session", headers=headers)
            assert answer.status_code == 403
            assert answer.json()["code"] == "foreign_page"
        assert (await browser.get("/api/session")).json() is not None


async def test_a_visitor_is_told_without_an_error_that_nobody_is_signed_in(site):
    tenant = await site.tenant()
    for token in (None, "no-such-token"):
        async with tenant.visitor(token) as browser:
            answer = await browser.get("/api/session")
        assert (answer.status_code, answer.json()) == (200, None)


async def test_an_unknown_host_leads_nowhere(site):
    tenant = await site.tenant()
    async with await tenant.employee("admin") as browser:
        answer = await browser.get("/api/session", headers={"host": "unknown.example"})
    assert answer.status_code == 404
    assert answer.json()["code"] == "host_unknown"


async def test_a_session_of_one_enterprise_is_none_in_another(site):
    one, other = await site.tenant(), await site.tenant()
    async with await one.employee("admin") as browser:
        seen = await browser.get("/api/session", headers={"host": other.host})
        answer = await browser.get("/api/employees", headers={"host": other.host})
    assert seen.json() is None
    assert answer.status_code == 401


@pytest.mark.parametrize("size", [13 * 1024 * 1024])
async def test_an_oversized_body_is_refused_before_it_is_read(site, size):
    tenant = await site.tenant()
    async with tenant.visitor() as browser:
        answer = await browser.post("/api/session", content=b"x" * size)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "said",
    [rb'"\ud83d"', rb'"\udc00 and more of it"', b'"\xed\xa0\x80"', b'"\xff\xfe"', b'"', b"{"],
    ids=["high half", "low half", "half in bytes", "no UTF-8", "broken off", "no JSON"],
)
async def test_a_body_that_is_no_whole_text_is_refused_in_words(site, said):
    tenant = await site.tenant()
    json = {"content-type": "application/json"}
    async with await tenant.employee("admin") as browser:
        answer = await browser.post("/api/stages", content=b'{"name":%s}' % said, headers=json)
    assert (answer.status_code, answer.json()["code"]) == (400, "body_unreadable")


async def test_the_session_cookie_is_kept_from_scripts(site):
    tenant = await site.tenant()
    code = site.web._provided()["setup_code"]
    async with tenant.visitor() as browser:
        answer = await browser.post(
            "/api/setup",
            json={
                "name": "鹿妈妈",
                "username": "admin",
                "password": "jade-pond-2026",
                "setup_code": code,
                "tenant_name": "小鹿亲亲",
            },
        )
        assert answer.status_code == 204, answer.text
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        browser.cookies.set("siyu", cookie.split("siyu=")[1].split(";")[0])
        shown = (await browser.get("/api/session")).json()
        assert shown["name"] == "鹿妈妈"
        assert shown["tenant"]["name"] == "小鹿亲亲"
        again = await browser.post(
            "/api/setup",
            json={
                "name": "x",
                "username": "second",
                "password": "jade-pond-2026",
                "setup_code": code,
                "tenant_name": "x",
            },
        )
        assert again.status_code == 409


async def test_the_first_administrator_needs_the_code(site):
    tenant = await site.tenant()
    async with tenant.visitor() as browser:
        answer = await browser.post(
            "/api/setup",
            json={
                "name": "x",
                "username": "second",
                "password": "jade-pond-2026",
                "setup_code": "guess",
                "tenant_name": "x",
            },
        )
    assert answer.status_code == 403


async def test_the_bare_host_name_leads_to_the_console(site):
    tenant = await site.tenant()
    async with tenant.visitor() as browser:
        answer = await browser.get("/")
        assert (answer.status_code, answer.headers["location"]) == (302, "/console/")
        assert (await browser.get("/healthz")).json() == {"ok": True}
        assert "openapi.json" in (await browser.get("/api/docs")).text
        assert (await browser.get("/nowhere")).status_code == 404
