"""Files of customers, sent to a whole installation."""

import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, fields
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import text

from siyu.core.db import DatabaseUrls
from siyu.people.exchange.importing import Importing
from siyu.people.exchange.kinds import ExportList, ImportFile
from tests.conftest import MASTER_KEY
from tests.people.exchange import victim
from tests.people.exchange.victim import Fate
from tests.web import Installation, TestTenant

Upload = Callable[..., Awaitable[dict[str, Any]]]


@dataclass
class Office:
    """A tenant, a planner's browser, and the jobs of import."""

    tenant: TestTenant
    browser: httpx.AsyncClient
    importing: Importing
    urls: DatabaseUrls

    async def upload(self, content: bytes, name: str = "客户.csv") -> dict[str, Any]:
        answer = await self.browser.post("/api/imports", params={"name": name}, content=content)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def settle(self, file: dict[str, Any], **changes: Any) -> dict[str, Any]:
        plan = file["plan"] | changes
        answer = await self.browser.put(f"/api/imports/{file['id']}/plan", json=plan)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def check(self, file: dict[str, Any]) -> dict[str, Any]:
        answer = await self.browser.post(f"/api/imports/{file['id']}/check")
        assert answer.status_code == 202, answer.text
        run = ImportFile(answer.json()["run_id"], file["id"])
        await self.importing.check(self.tenant.tenant_id, run)
        return await self.show(file)

    async def start(self, file: dict[str, Any]) -> ImportFile:
        answer = await self.browser.post(f"/api/imports/{file['id']}/start")
        assert answer.status_code == 202, answer.text
        await self.clear_queue()
        return ImportFile(answer.json()["run_id"], file["id"])

    async def clear_queue(self) -> None:
        """Take away what waits: these tests are the worker themselves."""
        async with self.tenant.installation.runtime.db.system() as session:
            await session.execute(
                text("delete from queue.pgqueuer where dedupe_key like :key"),
                {"key": f"people.%:{self.tenant.tenant_id}:%"},
            )

    async def run(self, file: dict[str, Any]) -> dict[str, Any]:
        await self.importing.run(self.tenant.tenant_id, await self.start(file))
        return await self.show(file)

    async def show(self, file: dict[str, Any]) -> dict[str, Any]:
        answer = await self.browser.get(f"/api/imports/{file['id']}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


def killed(office: Office, kind: str, run: ImportFile | ExportList, when: str) -> None:
    """Let another process do a job until it is killed in its second portion."""
    r = office.tenant.installation.runtime
    assert r.files.folder is not None
    fate = Fate(
        urls={each.name: getattr(office.urls, each.name) for each in fields(office.urls)},
        files_url=r.files.folder.as_uri(),
        master_key=MASTER_KEY,
        now=r.clock.now(),
        tenant_id=office.tenant.tenant_id,
        run_id=run.run_id,
        subject_id=run.import_id if isinstance(run, ImportFile) else run.export_id,
        kind=kind,  # type: ignore[arg-type]
        when=when,  # type: ignore[arg-type]
    )
    command = [sys.executable, "-m", victim.__name__, msgspec.json.encode(fate).decode()]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.fixture
async def office(site: Installation, urls: DatabaseUrls) -> AsyncIterator[Office]:
    tenant = await site.tenant()
    r = site.runtime
    async with await tenant.employee("planner") as browser:
        yield Office(tenant, browser, Importing(r.db, r.clock, r.vaults, r.files), urls)
