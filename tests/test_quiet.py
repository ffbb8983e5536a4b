"""What siyu still has to do, and that its queue's delays follow the clock that is stepped."""

from datetime import timedelta
from uuid import uuid4

import pytest

from siyu import tables
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.db import Database, DatabaseUrls, setup
from siyu.facts.accounts import TenantOpened
from siyu.people.kinds import SYNC_TAGS, SyncTags
from siyu.quiet import time_passed, work_left
from tests.conftest import MASTER_KEY


@pytest.fixture
async def own(postgres):
    """A database of this test's own: what is to be done is counted over all tenants."""
    urls = DatabaseUrls.embedded(postgres.socket_dir, f"quiet_{uuid4().hex}")
    await setup.create_database(urls, MASTER_KEY)
    await setup.migrate(urls, tables.metadata)
    database = Database(urls)
    yield database
    await database.close()


async def test_what_is_to_be_done_is_told_by_kind_and_what_is_due_later_by_its_time(own, clock):
    assert (await work_left(own, clock, [])).done
    async with own.tenant(7) as session:
        ctx = Context(7, SYSTEM_ACTOR, clock, session)
        ctx.announce(TenantOpened())
        await ctx.enqueue(SYNC_TAGS, SyncTags(), key="all", delay=timedelta(hours=2))
    work = await work_left(own, clock, [])
    assert {kind: count for kind, count in work.todo.items() if count} == {"facts": 1}
    assert work.next_at == pytest.approx(clock.now().timestamp() + 7200, abs=60)
    await time_passed(own, timedelta(hours=3))
    work = await work_left(own, clock, [])
    assert (work.todo["jobs"], work.next_at) == (1, None)
