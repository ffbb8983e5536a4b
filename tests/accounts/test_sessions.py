import pytest
from sqlalchemy import select

from siyu.accounts import employees, scopes, sessions
from siyu.accounts.models import Department, Employee, SignInFailure, StaffAccount
from siyu.accounts.schemas import EmployeeChange, FirstAdministrator, NewEmployee
from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.errors import Conflict, Forbidden, Invalid, TooMany, Unauthenticated

PASSWORD = "jade-pond-2026"


def context(session, tenant_id, clock, actor=SYSTEM_ACTOR, ip="10.0.0.1"):
    return Context(tenant_id, actor, clock, session, {"ip": ip})


@pytest.fixture
async def admin(db, clock, tenant_id):
    async with db.tenant(tenant_id) as session:
        await employees.make_first_administrator(
            context(session, tenant_id, clock),
            FirstAdministrator("鹿妈妈", "Admin", PASSWORD, "", "测试企业"),
        )
    return "admin"


async def sign_in(db, clock, tenant_id, name, password, ip="10.0.0.1"):
    async with db.tenant(tenant_id) as session:
        return await sessions.sign_in(db, context(session, tenant_id, clock, ip=ip), name, password)


async def test_a_sign_in_opens_a_session_until_it_is_ended(db, clock, tenant_id, admin):
    token = await sign_in(db, clock, tenant_id, "ADMIN", PASSWORD)
    async with db.tenant(tenant_id) as session:
        principal = await sessions.principal_of(session, tenant_id, token, clock.now())
        assert principal.role == "admin"
        assert principal.actor.owners is None
        await sessions.end(session, token)
    async with db.tenant(tenant_id) as session:
        with pytest.raises(Unauthenticated):
            await sessions.principal_of(session, tenant_id, token, clock.now())


async def test_a_session_ends_by_itself(db, clock, tenant_id, admin):
    token = await sign_in(db, clock, tenant_id, admin, PASSWORD)
    clock.advance(sessions.LIFETIME)
    async with db.tenant(tenant_id) as session:
        with pytest.raises(Unauthenticated):
            await sessions.principal_of(session, tenant_id, token, clock.now())


async def test_a_token_of_one_tenant_is_nothing_to_another(db, clock, master, tenant_id, admin):
    from siyu.accounts.tenants import open_tenant

    token = await sign_in(db, clock, tenant_id, admin, PASSWORD)
    other = await open_tenant(db, clock, master, name="他企", host=f"o{tenant_id}.example.com")
    async with db.tenant(other) as session:
        with pytest.raises(Unauthenticated):
            await sessions.principal_of(session, other, token, clock.now())


async def test_repeated_failures_block_the_name_for_a_while(db, clock, tenant_id, admin):
    for attempt in range(8):
        with pytest.raises(Unauthenticated):
            await sign_in(db, clock, tenant_id, admin, "wrong", ip=f"10.0.1.{attempt}")
    with pytest.raises(TooMany) as blocked:
        await sign_in(db, clock, tenant_id, admin, PASSWORD, ip="10.9.9.9")
    assert blocked.value.extra["retry_after"] > 0
    clock.advance(sessions._WINDOW)
    assert await sign_in(db, clock, tenant_id, admin, PASSWORD)
    async with db.tenant(tenant_id) as session:
        left = (await session.execute(select(SignInFailure.subject))).scalars().all()
    assert f"name:{admin}" not in left


async def test_an_unknown_name_and_a_wrong_password_sound_alike(db, clock, tenant_id, admin):
    told = []
    for name in (admin, "nobody"):
        with pytest.raises(Unauthenticated) as refused:
            await sign_in(db, clock, tenant_id, name, "wrong")
        told.append(refused.value.detail)
    assert told[0] == told[1]


async def test_there_is_one_first_administrator(db, clock, tenant_id, admin):
    async with db.tenant(tenant_id) as session:
        with pytest.raises(Conflict):
            await employees.make_first_administrator(
                context(session, tenant_id, clock),
                FirstAdministrator("另一人", "second", PASSWORD, "", "测试企业"),
            )


async def test_the_last_administrator_cannot_be_demoted(db, clock, tenant_id, admin):
    async with db.tenant(tenant_id) as session:
        ctx = context(session, tenant_id, clock)
        found = (await session.execute(select(Employee.id))).scalar_one()
        with pytest.raises(Conflict):
            await employees.change(ctx, found, EmployeeChange(role="staff"))


async def test_a_changed_role_signs_out_everywhere(db, clock, tenant_id, admin):
    async with db.tenant(tenant_id) as session:
        ctx = context(session, tenant_id, clock)
        planner = await employees.create(ctx, NewEmployee("小林", "planner", "lin", PASSWORD))
        planner_id = planner.id
    token = await sign_in(db, clock, tenant_id, "lin", PASSWORD)
    async with db.tenant(tenant_id) as session:
        await employees.change(
            context(session, tenant_id, clock), planner_id, EmployeeChange(role="staff")
        )
    async with db.tenant(tenant_id) as session:
        with pytest.raises(Unauthenticated):
            await sessions.principal_of(session, tenant_id, token, clock.now())


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaa", "x" * 200])
async def test_bad_passwords_are_refused_and_nothing_is_made(db, clock, tenant_id, password):
    async with db.tenant(tenant_id) as session:
        with pytest.raises(Invalid):
            await employees.create(
                context(session, tenant_id, clock), NewEmployee("x", "staff", "bad", password)
            )
        assert (await session.execute(select(Employee))).first() is None


async def test_a_user_name_is_given_once(db, clock, tenant_id, admin):
    async with db.tenant(tenant_id) as session:
        ctx = context(session, tenant_id, clock)
        with pytest.raises(Conflict):
            await employees.create(ctx, NewEmployee("x", "staff", "ADMIN", PASSWORD))


async def test_scopes_show_own_departments_and_all(db, clock, tenant_id):
    async with db.tenant(tenant_id) as session:
        session.add_all(
            Department(tenant_id=tenant_id, number=number, parent=parent, name=str(number))
            for number, parent in ((1, None), (2, 1), (3, 2), (4, 1))
        )
        people = [
            Employee(tenant_id=tenant_id, name=scope, scope=scope, created_at=clock.now())
            for scope in ("self", "department", "all")
        ]
        session.add_all(people)
        await session.flush()
        accounts = [
            StaffAccount(
                tenant_id=tenant_id,
                userid=f"u{place}",
                name=f"u{place}",
                employee_id=people[place % 3].id,
                department_ids=[number],
            )
            for place, number in enumerate((2, 2, 2, 3, 4))
        ]
        session.add_all(accounts)
        await session.flush()
        ids = [account.id for account in accounts]
        own, seen = await scopes.owners_of(session, people[0])
        assert own == seen == {ids[0], ids[3]}
        own, seen = await scopes.owners_of(session, people[1])
        assert own == {ids[1], ids[4]}
        assert seen == {ids[0], ids[1], ids[2], ids[3], ids[4]}
        assert (await scopes.owners_of(session, people[2]))[1] is None


async def test_permissions_are_checked_before_anything_changes(db, clock, tenant_id, admin):
    async with db.tenant(tenant_id) as session:
        ctx = context(session, tenant_id, clock)
        await employees.create(ctx, NewEmployee("小林", "staff", "lin", PASSWORD))
    token = await sign_in(db, clock, tenant_id, "lin", PASSWORD)
    async with db.tenant(tenant_id) as session:
        principal = await sessions.principal_of(session, tenant_id, token, clock.now())
        ctx = context(session, tenant_id, clock, principal.actor)
        with pytest.raises(Forbidden):
            await employees.create(ctx, NewEmployee("y", "admin", "evil", PASSWORD))
