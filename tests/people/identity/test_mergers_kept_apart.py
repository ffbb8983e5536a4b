"""Whatever is joined and cut apart, in whatever order: everybody has exactly their own.

A model that knows nothing of rows says who is whose; siyu must say the same, and undoing all
mergers must give everybody what they began with.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.core.errors import Conflict
from siyu.people.contacts.details import held_customers
from siyu.people.identity import service
from siyu.people.identity.holding import survivors
from siyu.people.identity.identities import identify
from siyu.people.identity.joining import join
from siyu.people.identity.phones import keep_phones
from siyu.people.identity.profiles import Profile, portray
from siyu.people.models import Customer, CustomerPrivate, Identity

_tenants = count(3_000_000)
PEOPLE = 5

Work = Callable[[], AbstractAsyncContextManager[Context]]

deeds = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)),
        st.tuples(st.just("unmerge"), st.integers(0, PEOPLE - 1), st.just(0)),
        st.tuples(st.just("unionid"), st.integers(0, PEOPLE - 1), st.integers(0, 1)),
        st.tuples(st.just("rename"), st.integers(0, PEOPLE - 1), st.just(0)),
        st.tuples(st.just("phone"), st.integers(0, PEOPLE - 1), st.just(0)),
    ),
    max_size=14,
)


class Model:
    """Who is merged into whom, who was said to be two, and what everybody is called."""

    def __init__(self) -> None:
        self.into: dict[int, int] = {}
        self.apart: set[frozenset[int]] = set()
        self.unionids: dict[int, int] = {}
        self.names = {person: f"客户 {person}" for person in range(PEOPLE)}
        self.phones: dict[int, set[str]] = {person: set() for person in range(PEOPLE)}

    def root(self, person: int) -> int:
        while person in self.into:
            person = self.into[person]
        return person

    def branch(self, person: int) -> set[int]:
        return {
            one
            for one in range(PEOPLE)
            if one == person or (one in self.into and self._leads(one, person))
        }

    def _leads(self, one: int, to: int) -> bool:
        while one in self.into:
            one = self.into[one]
            if one == to:
                return True
        return False

    def merge(self, one: int, other: int, *, by_hand: bool) -> None:
        one, other = self.root(one), self.root(other)
        if one == other:
            return
        pairs = {
            frozenset((left, right)) for left in self.branch(one) for right in self.branch(other)
        }
        if by_hand:
            self.apart -= pairs
        elif pairs & self.apart:
            return
        self.into[max(one, other)] = min(one, other)

    def unmerge(self, person: int) -> None:
        root, mine = self.root(person), self.branch(person)
        if root == person:
            return
        del self.into[person]
        self.apart |= {frozenset((left, right)) for left in mine for right in self.branch(root)}

    def unionid(self, person: int, number: int) -> None:
        if number in self.unionids:
            self.merge(person, self.unionids[number], by_hand=False)
        else:
            self.unionids[number] = person

    def name(self, person: int) -> str:
        """The profile a customer shows: that of its oldest external_userid."""
        return self.names[min(self.branch(person))]


async def act(ctx: Context, people: list[tuple[int, int]], deed: str, one: int, other: int) -> None:
    """Do one thing to people, each given as identity and own customer."""
    identity = await ctx.session.get_one(Identity, (ctx.tenant_id, people[one][0]))
    owners = [(await survivors(ctx, [people[who][1]]))[people[who][1]] for who in (one, other)]
    if deed == "merge" and owners[0] != owners[1]:
        await service.merge_people(ctx, *owners, "同一人")
    elif deed == "unmerge" and owners[0] != people[one][1]:
        await service.unmerge(ctx, owners[0], people[one][1], "不是")
    elif deed == "unionid":
        await join(ctx, identity, f"u{other}")


async def live(work: Work, master, said: list[tuple[str, int, int]]) -> None:
    model, people = Model(), []
    async with work() as ctx:
        for person in range(PEOPLE):
            identity = await identify(ctx, "external_userid", "", f"wm{person}")
            customers = await held_customers(ctx, [identity])
            told = Profile(name=model.names[person])
            await portray(ctx, customers, [(identity, told)])
            people.append((identity.id, identity.customer_id))
    vault = master.open(1, master.new_data_key(1))
    for step, (deed, one, other) in enumerate(said):
        async with work() as ctx:
            await act(ctx, people, deed, one, other)
            identity = await ctx.session.get_one(Identity, (ctx.tenant_id, people[one][0]))
            if deed == "merge" and one != other:
                model.merge(one, other, by_hand=True)
            elif deed == "unmerge":
                model.unmerge(one)
            elif deed == "unionid":
                model.unionid(one, other)
            elif deed == "rename":
                model.names[one] = f"客户 {one} 之 {step}"
                customers = await held_customers(ctx, [identity])
                await portray(ctx, customers, [(identity, Profile(name=model.names[one]))])
            elif deed == "phone":
                number = f"+861380000{step:02d}{one:02d}"
                model.phones[one].add(number)
                await keep_phones(ctx, vault, identity, [number])
        await compare(work, model, people, vault)
    for person in reversed(range(PEOPLE)):
        async with work() as ctx:
            await act(ctx, people, "unmerge", person, person)
            model.unmerge(person)
        await compare(work, model, people, vault)
    assert model.into == {}


async def compare(work: Work, model: Model, people: list[tuple[int, int]], vault) -> None:
    numbers = [customer_id for _, customer_id in people]
    async with work() as ctx:
        identities = (await ctx.session.scalars(select(Identity).order_by(Identity.id))).all()
        customers = {row.id: row for row in await ctx.session.scalars(select(Customer))}
        private = (await ctx.session.scalars(select(CustomerPrivate))).all()
    assert set(customers) == set(numbers), "customers are neither made nor lost"
    owners = {identity.id: identity.customer_id for identity in identities}
    for person, (identity_id, own) in enumerate(people):
        assert owners[identity_id] == numbers[model.root(person)]
        into = customers[own].merged_into_id
        assert into == (numbers[model.into[person]] if person in model.into else None)
        if into is None:
            assert customers[own].name == model.name(person)
    for identity in identities:
        assert customers[identity.customer_id].merged_into_id is None, "nothing on absorbed ones"
        if identity.kind == "unionid":
            person = model.unionids[int(identity.value.removeprefix("u"))]
            assert identity.own == numbers[person]
    kept: dict[int, set[str]] = {person: set() for person in range(PEOPLE)}
    at = {identity_id: person for person, (identity_id, _) in enumerate(people)}
    for row in private:
        kept[at[row.identity_id]].add(vault.decrypt("phone", row.ciphertext))
    assert kept == model.phones


def works(db, clock) -> Work:
    """Units of work of a tenant that nobody else knows."""
    tenant_id = next(_tenants)

    @asynccontextmanager
    async def work() -> AsyncIterator[Context]:
        async with db.tenant(tenant_id) as session:
            yield Context(tenant_id, SYSTEM_ACTOR, clock, session)

    return work


async def test_whatever_is_joined_and_cut_apart_everybody_keeps_their_own(db, clock, master):
    loop = asyncio.get_running_loop()

    @settings(max_examples=12)
    @given(deeds)
    def every(said: list[tuple[str, int, int]]) -> None:
        asyncio.run_coroutine_threadsafe(live(works(db, clock), master, said), loop).result()

    await asyncio.to_thread(every)


async def persistently(work: Work, people: list[tuple[int, int]], deed: str, one: int, other: int):
    """Do one thing and rename somebody, and again if two waited for each other."""
    while True:
        try:
            async with work() as ctx:
                await act(ctx, people, deed, one, other)
                identity = await ctx.session.get_one(Identity, (ctx.tenant_id, people[one][0]))
                customers = await held_customers(ctx, [identity])
                await portray(ctx, customers, [(identity, Profile(name=f"客户 {one}"))])
        except Conflict:
            return  # somebody was quicker: they are one, or two, already
        except DBAPIError as error:
            if "deadlock" not in str(error):
                raise
        else:
            return


async def test_mergers_that_cross_and_unmergers_meanwhile_leave_a_whole_tree(db, clock, master):
    """Deeds of many at once: no identity on an absorbed customer, everybody's own still theirs."""
    work, people = works(db, clock), []
    async with work() as ctx:
        for person in range(PEOPLE):
            identity = await identify(ctx, "external_userid", "", f"wm{person}")
            people.append((identity.id, identity.customer_id))
    said = [("merge", one, (one + 1) % PEOPLE) for one in range(PEOPLE)]
    said += [("unmerge", one, 0) for one in range(PEOPLE)]
    said += [("unionid", one, one % 2) for one in range(PEOPLE)]
    await asyncio.gather(*(persistently(work, people, *deed) for deed in said * 2))
    async with work() as ctx:
        identities = (await ctx.session.scalars(select(Identity))).all()
        customers = {row.id: row for row in await ctx.session.scalars(select(Customer))}
        roots = await survivors(ctx, customers)
    assert all(identity.customer_id == roots[identity.own] for identity in identities)
    own = {identity.id: identity.own for identity in identities}
    assert [own[identity_id] for identity_id, _ in people] == [number for _, number in people]
    for one in reversed(range(PEOPLE)):
        await persistently(work, people, "unmerge", one, one)
    async with work() as ctx:
        shown = {row.id: row.name for row in await ctx.session.scalars(select(Customer))}
    assert [shown[number] for _, number in people] == [f"客户 {one}" for one in range(PEOPLE)]
