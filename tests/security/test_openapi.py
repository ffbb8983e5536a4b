"""The API against its own description: whatever comes, siyu does not break, and says what it says.

Schemathesis makes requests from the description, sound ones and broken ones; numbers in paths
often name things that exist, so that more than "not found" is met.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
)

from siyu.app import openapi_document
from siyu.people.identity.identities import identify

SENT_AWAY = {
    ("GET", "/api/events"),  # never ends
    ("DELETE", "/api/session"),  # would sign out
}
AWAY = {502, 503}
"""WeCom and the analytics engine are not there, and siyu says so."""
PARTS = 6
"""The doors are shared out, so that workers can take them side by side."""
CONFORMS = [response_schema_conformance, content_type_conformance]
EXAMPLES = {GenerationMode.POSITIVE: 8, GenerationMode.NEGATIVE: 5}

Asking = Callable[[Case, int], Awaitable[httpx.Response]]


async def furnish(tenant: Any, browser: httpx.AsyncClient) -> dict[str, int]:
    """Give the tenant one of what paths speak of; return its number by the path's word."""

    async def make(path: str, body: dict[str, Any]) -> int:
        answer = await browser.post(path, json=body)
        assert answer.status_code == 201, answer.text
        return int(answer.json()["id"])

    async with tenant.work() as ctx:
        identity = await identify(ctx, "external_userid", "", "wm-openapi")
        known = {"customer_id": identity.customer_id, "staff_account_id": tenant.staff["admin"]}
    known["channel_id"] = await make("/api/channels", {"name": "包裹卡"})
    known["live_code_id"] = await make(
        "/api/live-codes",
        {
            "name": "十一月",
            "channel_id": known["channel_id"],
            "staff_account_ids": [known["staff_account_id"]],
        },
    )
    known["material_id"] = await make("/api/materials", {"title": "文章"})
    known["employee_id"] = await make(
        "/api/employees",
        {"name": "小林", "role": "staff", "username": "lin", "password": "jade-pond-2026"},
    )
    return known


def asking(browser: httpx.AsyncClient, known: dict[str, int]) -> Asking:
    """Return how a case is sent: with a number that exists in its path, each second time."""

    async def ask(case: Case, dice: int) -> httpx.Response:
        if dice % 2:
            for name in case.path_parameters:
                case.path_parameters[name] = known.get(name, case.path_parameters[name])
        sent = case.as_transport_kwargs(base_url=str(browser.base_url))
        request = {
            key: value
            for key, value in sent.items()
            if key in {"method", "url", "params", "json", "data", "files", "headers"}
        }
        headers = dict(request.pop("headers") or {})
        headers.pop("User-Agent", None)
        if isinstance(request.get("data"), bytes):
            request["content"] = request.pop("data")
        if request.get("files"):
            request["files"] = [(name, _sendable(part)) for name, part in request["files"]]
        asked = browser.build_request(**request, headers=headers)
        await asked.aread()  # the judge wants to see what was sent
        return await browser.send(asked)

    return ask


def _sendable(part: Any) -> Any:
    """Return a part of a form as a client can send it: numbers and the like are written out."""
    if isinstance(part, tuple):
        name, content, *rest = part
        return (name, _sendable(content), *rest)
    return part if isinstance(part, bytes | str) else str(part)


def torment(
    operation: Any, mode: GenerationMode, ask: Asking, loop: asyncio.AbstractEventLoop
) -> None:
    """Send cases of one kind to one door; runs in a thread beside the application's loop."""

    @settings(
        max_examples=EXAMPLES[mode],
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
        deadline=None,
    )
    @given(case=operation.as_strategy(generation_mode=mode), dice=st.integers(0, 1))
    def once(case: Case, dice: int) -> None:
        try:
            answer = asyncio.run_coroutine_threadsafe(ask(case, dice), loop).result()
        except httpx.InvalidURL:
            reject()  # longer than this client can send
        said = f"{case.as_curl_command()}\n{answer.status_code} {answer.text[:300]}"
        assert answer.status_code < 500 or answer.status_code in AWAY, said
        if answer.status_code < 300:
            case.validate_response(answer, checks=CONFORMS)
        elif answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json", said
            assert answer.json()["status"] == answer.status_code, said

    once()


@pytest.mark.parametrize("part", range(PARTS))
async def test_whatever_comes_the_api_does_not_break_and_keeps_its_word(site, part):
    tenant = await site.tenant()
    loop = asyncio.get_running_loop()
    broken = []
    document = schemathesis.openapi.from_dict(openapi_document())
    async with await tenant.employee("admin") as browser:
        ask = asking(browser, await furnish(tenant, browser))
        for found in list(document.get_all_operations())[part::PARTS]:
            operation = found.ok()
            if (operation.method.upper(), operation.path) in SENT_AWAY:
                continue
            for mode in EXAMPLES:
                try:
                    await asyncio.to_thread(torment, operation, mode, ask, loop)
                except Unsatisfiable:
                    pass  # nothing can be wrong with a request that says nothing
                except Exception as error:  # noqa: BLE001 - each door is tried
                    broken.append(f"{operation.label}, {mode.value}: {error}")
        assert (await browser.get("/api/session")).json() is not None
    assert not broken, f"{len(broken)} doors broke\n\n" + "\n\n".join(broken)
