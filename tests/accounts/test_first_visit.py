"""Whoever starts siyu is told how to enter, until somebody has."""

from types import SimpleNamespace

from structlog.testing import capture_logs
from test_sessions import context

from siyu.accounts import employees
from siyu.accounts.schemas import FirstAdministrator
from siyu.accounts.setup_code import setup_code
from siyu.core.settings import Settings
from siyu.processes import invite


async def test_the_code_is_printed_until_there_is_an_administrator(db, clock, tenant_id, tmp_path):
    settings = Settings(data_dir=tmp_path, public_url="https://siyu.example")
    services = SimpleNamespace(settings=settings, clock=clock, db=db)
    with capture_logs() as logs:
        await invite(services, tenant_id)
    code = setup_code(tmp_path)
    assert [(line["address"], line["code"]) for line in logs] == [
        ("https://siyu.example/console/", code)
    ]
    async with db.tenant(tenant_id) as session:
        first = FirstAdministrator("老板", "boss", "siyu-Fresh-4711", code, "小鲸鱼")
        await employees.make_first_administrator(context(session, tenant_id, clock), first)
    with capture_logs() as logs:
        await invite(services, tenant_id)
    assert logs == []
