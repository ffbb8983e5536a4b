"""Pages of the staff app are signed for their own address, and no others."""

import hashlib

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from siyu.accounts import sessions
from siyu.accounts.connections.gateways import APP_SECRET, WecomGateways
from siyu.accounts.connections.models import WecomConnection
from siyu.accounts.dependencies import provide_principal
from siyu.accounts.jssdk import controllers
from siyu.accounts.models import Employee
from siyu.accounts.tenancy import TenantDirectory
from siyu.accounts.tenants import open_tenant
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.ids import slug
from siyu.core.settings import Settings
from siyu.core.web import problems

TICKETS = {
    "/cgi-bin/gettoken": {"access_token": "T", "expires_in": 7200},
    "/cgi-bin/get_jsapi_ticket": {"ticket": "CORP-TICKET", "expires_in": 7200},
    "/cgi-bin/ticket/get": {"ticket": "AGENT-TICKET", "expires_in": 7200},
}


def wecom_answers(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"errcode": 0, "errmsg": "ok", **TICKETS[request.url.path]})


def wecom_refuses(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"errcode": 40013, "errmsg": "invalid corpid"})


@pytest.fixture
def host():
    return f"t{slug()}.example.com".lower().replace("_", "-")


@pytest.fixture
async def tenant_id(db, clock, master, host):
    return await open_tenant(db, clock, master, name="测试企业", host=host)


@pytest.fixture
async def token(db, clock, vaults, tenant_id):
    """The session of an employee of an enterprise that is connected to WeCom."""
    async with db.tenant(tenant_id) as session:
        employee = Employee(
            tenant_id=tenant_id, name="小林", role="staff", scope="self", created_at=clock.now()
        )
        vault = await vaults.of(session, tenant_id)
        connection = WecomConnection(
            tenant_id=tenant_id,
            corp_id=f"ww{slug()}",
            agent_id=1_000_002,
            secret=vault.encrypt(APP_SECRET, "a-secret"),
        )
        session.add_all([employee, connection])
        await session.flush()
        return await sessions.begin(Context(tenant_id, SYSTEM_ACTOR, clock, session), employee)


@pytest.fixture
async def open_page(db, clock, vaults, master, host, token):
    """Asks the door to sign a page, with a given WeCom behind it."""

    async def ask(url, answers=wecom_answers, *, cookie=token):
        settings = Settings(jssdk_url="https://wecom.example.com/jssdk.js")
        async with httpx.AsyncClient(transport=httpx.MockTransport(answers)) as outside:
            wecom = WecomGateways(db, vaults, clock, outside, settings, own_vault=master.own)
            parts = {
                "db": db,
                "clock": clock,
                "settings": settings,
                "tenants": TenantDirectory(db),
                "wecom": wecom,
            }
            application = Litestar(
                route_handlers=controllers,
                dependencies={
                    **{name: Provide(_giver(part)) for name, part in parts.items()},
                    "principal": Provide(provide_principal),
                },
                exception_handlers=problems.HANDLERS,
                openapi_config=None,
                logging_config=None,
            )
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(application), base_url=f"http://{host}"
            ) as browser:
                answer = await browser.get(
                    "/api/jssdk/config", params={"url": url}, headers={"cookie": f"siyu={cookie}"}
                )
            await wecom.aclose()
            return answer

    return ask


def _giver(part):
    async def give():
        return part

    return give


def signed_with(ticket, signature, url):
    text = (
        f"jsapi_ticket={ticket}&noncestr={signature['nonceStr']}"
        f"&timestamp={signature['timestamp']}&url={url}"
    )
    expected = hashlib.sha1(text.encode()).hexdigest()  # noqa: S324  the protocol fixes SHA-1
    return expected == signature["signature"]


async def test_a_page_is_signed_for_the_corporation_and_for_the_app(open_page, host):
    url = f"http://{host}/staff/materials?topic=%E8%BE%85%E9%A3%9F"
    answer = await open_page(f"{url}#top")
    assert answer.status_code == 200
    found = answer.json()
    assert found["jssdk_url"] == "https://wecom.example.com/jssdk.js"
    assert signed_with("CORP-TICKET", found["corp"], url)
    assert signed_with("AGENT-TICKET", found["agent"], url)
    assert found["agent"]["agentId"] == 1_000_002
    assert found["corp"]["appId"] == found["agent"]["appId"]


@pytest.mark.parametrize("url", ["http://evil.example.com/staff/", "ftp://{host}/", "/staff/", ""])
async def test_pages_of_others_are_not_signed(open_page, host, url):
    answer = await open_page(url.format(host=host))
    assert answer.status_code == 400
    assert answer.json()["code"] == "foreign_page"


async def test_without_a_session_nothing_is_signed(open_page, host):
    answer = await open_page(f"http://{host}/staff/", cookie="stranger")
    assert answer.status_code == 401


async def test_when_wecom_refuses_the_sentence_says_so(open_page, host):
    answer = await open_page(f"http://{host}/staff/", wecom_refuses)
    assert answer.status_code == 502
    assert answer.json()["code"] == "wecom_refused"
