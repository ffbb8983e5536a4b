"""Old rows go, of every table that is swept, and young ones stay."""

from datetime import timedelta

from sqlalchemy import select, text

from shop import open_shop
from siyu.accounts.models import SignInFailure
from siyu.accounts.sessions import SIGN_IN_FAILURES
from siyu.accounts.tenants import Vaults
from siyu.commerce.models import OrderReceipt
from siyu.commerce.orders import ORDER_RECEIPTS
from siyu.commerce.schemas import SourceDraft
from siyu.commerce.sources import create_source
from siyu.core.housekeeping import QUEUE_LOG, Housekeeping
from siyu.people.reconciliation.jobs import begin_run
from siyu.people.reconciliation.models import OLD_DIFFERENCES, ReconciliationDifference

INSERT = text(
    "insert into queue.pgqueuer_log (created, job_id, status, priority, entrypoint)"
    " values (:at, :job, 'successful', 0, 'swept')"
)


async def test_old_lines_of_the_queue_s_log_go(db, clock):
    async with db.system() as session:
        for days, job in ((4, 1), (2, 2)):
            await session.execute(INSERT, {"at": clock.now() - timedelta(days=days), "job": job})
    await Housekeeping(db, clock, [QUEUE_LOG]).sweep()
    async with db.system() as session:
        left = await session.execute(
            text("select job_id from queue.pgqueuer_log where entrypoint = 'swept'")
        )
        assert left.scalars().all() == [2]


async def test_failed_sign_ins_go_once_they_count_no_more(db, clock, tenant_id):
    async with db.tenant(tenant_id) as session:
        for hours in (-30, -2, 1):
            session.add(
                SignInFailure(
                    tenant_id=tenant_id,
                    subject=f"name:{hours}",
                    failures=3,
                    window_ends_at=clock.now() + timedelta(hours=hours),
                )
            )
    await Housekeeping(db, clock, [SIGN_IN_FAILURES]).sweep()
    async with db.tenant(tenant_id) as session:
        left = await session.scalars(select(SignInFailure.subject).order_by(SignInFailure.subject))
        assert left.all() == ["name:-2", "name:1"]


async def test_old_receipts_of_orders_go(db, clock, master, tenant_id):
    shop = await open_shop(db, clock, master, tenant_id)
    async with shop.work() as ctx:
        source = await create_source(ctx, Vaults(master), SourceDraft(name="商城"), "http://x")
        for days in (31, 29):
            ctx.session.add(
                OrderReceipt(
                    tenant_id=tenant_id,
                    source_id=source.id,
                    idempotency_key=f"{days}",
                    body_hash=b"",
                    external_id="A1",
                    received_at=clock.now() - timedelta(days=days),
                )
            )
    await Housekeeping(db, clock, [ORDER_RECEIPTS]).sweep()
    async with shop.work() as ctx:
        left = await ctx.session.scalars(select(OrderReceipt.idempotency_key))
        assert left.all() == ["29"]


async def test_old_differences_of_the_reconciliation_go(db, clock, master, tenant_id):
    shop = await open_shop(db, clock, master, tenant_id)
    identity_id = await shop.person("amei")
    async with shop.work() as ctx:
        run_id = await begin_run(ctx)
        for days in (91, 89):
            ctx.session.add(
                ReconciliationDifference(
                    tenant_id=tenant_id,
                    run_id=run_id,
                    kind="missing",
                    identity_id=identity_id,
                    staff_account_id=shop.staff_account_id,
                    found_at=clock.now() - timedelta(days=days),
                )
            )
    await Housekeeping(db, clock, [OLD_DIFFERENCES]).sweep()
    async with shop.work() as ctx:
        left = (await ctx.session.scalars(select(ReconciliationDifference.found_at))).all()
    assert left == [clock.now() - timedelta(days=89)]
