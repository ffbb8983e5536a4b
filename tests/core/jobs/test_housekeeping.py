from datetime import timedelta

from sqlalchemy import text

from siyu.core.jobs.housekeeping import Housekeeping

INSERT = text(
    "insert into queue.pgqueuer_log (created, job_id, status, priority, entrypoint)"
    " values (:at, :job, 'successful', 0, 'swept')"
)


async def test_old_lines_of_the_log_go_and_young_ones_stay(db, clock):
    async with db.system() as session:
        for days, job in ((4, 1), (2, 2)):
            await session.execute(INSERT, {"at": clock.now() - timedelta(days=days), "job": job})
    assert await Housekeeping(db, clock).step() >= 1
    async with db.system() as session:
        left = await session.execute(
            text("select job_id from queue.pgqueuer_log where entrypoint = 'swept'")
        )
        assert left.scalars().all() == [2]
