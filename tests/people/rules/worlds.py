"""Small tenants of every shape, written to the engine in both tiers, with what is stale there."""

import json
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from pyroaring import BitMap64

from siyu.core.analytics import Analytics
from siyu.core.analytics.schema import EVENT, Topology
from siyu.core.stream import SHARDS, shard_of
from siyu.people.picture.engine import PERSON, PERSON_CONTACT, PERSON_VALUE
from siyu.people.picture.person import INTERNAL, Act, Bought, Friend, Held, Person
from siyu.people.picture.rows import Writer
from siyu.people.rules.answers.statements import Place
from siyu.people.rules.checking import Shape
from siyu.people.rules.language import AnyOf, Attribute, Tags
from siyu.people.rules.terms import RfmThresholds, Terms

NOW = datetime(2027, 3, 1, 4, 0, tzinfo=UTC)
"""Noon in China, the day after a short February."""
MOMENTS = (
    NOW,
    NOW + timedelta(microseconds=999),
    NOW + timedelta(milliseconds=1),
    datetime(2027, 2, 27, 16, 0, tzinfo=UTC),
    datetime(2028, 2, 28, 15, 59, 59, 999_999, tzinfo=UTC),
)
STAFF, CHANNELS, CODES, GROUPS, STAGES = (1, 2, 3), (11, 12), (21, 22), (31, 32, 33), (41, 42)
TAGS = {51: 5, 52: 5, 53: 6, 54: 6, 55: 7}
FIELDS = {
    61: Shape("text"),
    62: Shape("number"),
    63: Shape("date"),
    64: Shape("choices", frozenset({1, 2, 3})),
    65: Shape("flag"),
}
MATERIALS = (71, 72)
ACTS = ("material.viewed", "order.paid", "contact.lost", "site.event", "tag.marked")
WORDS = ("", "小林", "Anna", "aNNa'\\", '李 a"b?{x:Int8}', "ÄÖ é", "%_", "100%")
LIST, BY_RULE, NESTED = 81, 82, 83
GENERATION = 100
TERMS = Terms(
    ZoneInfo("Asia/Shanghai"),
    TAGS,
    RfmThresholds((86_400, 7 * 86_400, 30 * 86_400, 90 * 86_400), (1, 2, 3, 5), (1, 100, 500, 900)),
)


@dataclass(repr=False)
class World:
    """A tenant: its people as they are, and how the engine came to know them."""

    tenant_id: int
    people: list[Person]
    terms: Terms
    place: Place
    stale: list[Person] = field(default_factory=list)
    acts: list[tuple[int, Act]] = field(default_factory=list)


class Here:
    """A picture that stands still."""

    def __init__(self, place: Place) -> None:
        self._place = place

    async def place(self) -> Place:
        return self._place


def moments(dice: random.Random, around: datetime = NOW) -> datetime:
    """Return a moment that lies on or beside the borders that rules have."""
    borders = (0, 1, 1, 2, 7, 30, 90, 365)
    at = around - timedelta(days=dice.choice(borders)) * dice.choice((1, 1, 1, 1, -1))
    step = dice.choice((0, 0, 1, -1, 999, -999, 1000, -1000, 60_000_000, 3_600_000_000))
    return at + timedelta(microseconds=step)


def _maybe(dice: random.Random, make):
    return make() if dice.random() < 0.7 else None


def friend(dice: random.Random, contact_id: int) -> Friend:
    """Return a friendship."""
    state = dice.choice(("active", "active", "half", "lost"))
    lost = state == "lost"
    return Friend(
        contact_id=contact_id,
        staff_account_id=dice.choice(STAFF),
        state=state,
        first_add_at=_maybe(dice, lambda: moments(dice)),
        added_at=_maybe(dice, lambda: moments(dice)),
        lost_at=moments(dice) if lost else None,
        lost_by=dice.choice(("customer", "staff", "transfer", "unknown")) if lost else None,
        channel_id=_maybe(dice, lambda: dice.choice(CHANNELS)),
        live_code_id=_maybe(dice, lambda: dice.choice(CODES)),
        add_way=_maybe(dice, lambda: dice.choice((0, 1, 16))),
        remark=dice.choice((*WORDS, "two\nlines")),
    )


def held(dice: random.Random) -> dict[int, Held]:
    """Return values of custom fields."""
    days = (date(1990, 2, 28), date(1992, 2, 29), date(2001, 3, 1), date(1985, 12, 31),
            date(2000, 1, 1), date(2027, 3, 1), date(1900, 1, 1))  # fmt: skip
    values = {
        61: Held(text=dice.choice(WORDS[1:])),
        62: Held(number=dice.choice((-1.5, 0.0, 1.0, 2.5, 1e9))),
        63: Held(day=dice.choice(days)),
        64: Held(choices=frozenset(dice.sample((1, 2, 3), dice.randint(1, 2)))),
        65: Held(number=float(dice.randint(0, 1))),
    }
    return {one: value for one, value in values.items() if dice.random() < 0.6}


def carried(dice: random.Random, share: float, at: tuple[int, ...]) -> dict[int, frozenset[int]]:
    """Return tags, and whose friendships carry them."""
    return {
        one: frozenset(dice.sample(at, dice.randint(1, 2))) for one in TAGS if dice.random() < share
    }


def person(dice: random.Random, number: int) -> Person:
    """Return a person of any kind, without acts."""
    friends = tuple(friend(dice, number * 10 + one) for one in range(dice.choice((0, 1, 1, 2, 3))))
    states = {one.state for one in friends}
    bought = None
    if dice.random() < 0.6:
        orders = dice.randint(1, 6)
        first, last = sorted((moments(dice), moments(dice)))
        bought = Bought(
            orders, dice.choice((-5, 0, 1, 99, 100, 500, 1000, orders * 100)), first, last
        )
    return Person(
        customer_id=number,
        identity_ids=frozenset(number * 100 + one for one in range(dice.randint(1, 3))),
        identity_kinds=frozenset(dice.sample(("external_userid", "unionid", "openid", "phone"), 2)),
        created_at=moments(dice),
        name=dice.choice(WORDS),
        gender=dice.choice((0, 1, 2)),
        kind=dice.choice((0, 1, 2)),
        corp_name=dice.choice(WORDS),
        state=next((one for one in ("active", "half", "lost") if one in states), "none"),
        first_add_at=_maybe(dice, lambda: moments(dice)),
        last_add_at=_maybe(dice, lambda: moments(dice)),
        stage_id=_maybe(dice, lambda: dice.choice(STAGES)),
        stage_at=_maybe(dice, lambda: moments(dice)),
        marketing=dice.choice(("granted", "refused", "unknown")),
        sensitive=dice.random() < 0.3,
        friends=friends,
        tags=carried(dice, 0.3, (INTERNAL, *STAFF)),
        past_tags=carried(dice, 0.2, STAFF),
        group_ids=frozenset(one for one in GROUPS if dice.random() < 0.3),
        fields=held(dice),
        bought=bought,
    )


def properties(dice: random.Random, type_: str) -> dict[str, object]:
    """Return properties that a fact of the type can have."""
    match type_:
        case "material.viewed":
            return {"material_id": dice.choice(MATERIALS), "forwarded": dice.random() < 0.5}
        case "order.paid":
            return {"order_id": 1, "amount_fen": dice.choice((0, 100, 500)), "source_id": 1}
        case "contact.lost":
            some = {"age_seconds": dice.choice((0, 60)), "channel_id": dice.choice(CHANNELS)}
            some = {name: value for name, value in some.items() if dice.random() < 0.6}
            return {"contact_id": 1, "by": dice.choice(("customer", "staff")), **some}
        case "tag.marked":
            return {"tag_id": dice.choice(tuple(TAGS)), "customer_id": 1, "source": "employee"}
        case _:
            own = {"sku": dice.choice(("A1", "5", 5, 5.5, True)), "price": dice.choice((1, "1"))}
            own = {name: value for name, value in own.items() if dice.random() < 0.7}
            return {
                "source_id": 1,
                "name": dice.choice(("view", "buy")),
                "page": "",
                "properties": own,
            }


def acts(dice: random.Random, tenant_id: int, people: list[Person]) -> list[tuple[int, Act]]:
    """Return facts of people's identities, in stream order."""
    positions = dict.fromkeys(range(SHARDS), 0)
    found = []
    for one in people:
        for identity_id in one.identity_ids:
            for _ in range(dice.choice((0, 1, 2, 4))):
                type_ = dice.choice(ACTS)
                shard = shard_of(tenant_id, identity_id)
                positions[shard] += 1
                about = properties(dice, type_)
                staff = dice.choice((None, *STAFF))
                act = Act(type_, moments(dice), about, shard, positions[shard], staff)
                found.append((identity_id, act))
    return found


async def build(analytics: Analytics, tenant_id: int, seed: int, size: int = 30) -> World:
    """Make a world and write it to the engine."""
    dice = random.Random(seed)
    people = [person(dice, number) for number in range(1, size + 1)]
    facts = acts(dice, tenant_id, people)
    heads = [max([a.position for _, a in facts if a.shard == s], default=0) for s in range(SHARDS)]
    place = Place(GENERATION, tuple(max(0, head - 2) for head in heads), settled=GENERATION)
    known = [(who, act) for who, act in facts if act.position <= place.applied[act.shard]]
    people = [_with_acts(one, known) for one in people]
    terms = Terms(
        TERMS.zone,
        TERMS.tag_groups,
        TERMS.rfm,
        {
            BY_RULE: AnyOf((Tags((51,)), Attribute("friends", "ge", number=2))),
            NESTED: AnyOf(()),
        },
        {LIST: BitMap64(one.customer_id for one in people if dice.random() < 0.3)},
    )
    world = World(tenant_id, people, terms, place, acts=facts)
    await _write(analytics, world, dice)
    return world


def _with_acts(one: Person, known: list[tuple[int, Act]]) -> Person:
    members = {name: getattr(one, name) for name in Person.__struct_fields__}
    members["acts"] = tuple(act for who, act in known if who in one.identity_ids)
    return Person(**members)


async def _write(analytics: Analytics, world: World, dice: random.Random) -> None:
    """Write people in the base, in what changed, or in both; somebody who is gone as well."""
    writer, tenant_id = Writer(analytics, Topology()), world.tenant_id
    changed = [one for one in world.people if dice.random() < 0.4]
    still = [one for one in world.people if one not in changed]
    gone = [person(dice, len(world.people) + number) for number in (1, 2)]
    stale = [person(dice, one.customer_id) for one in changed if dice.random() < 0.6] + gone
    await _base(analytics, writer, tenant_id, still + stale, 7)
    await _base(analytics, writer, tenant_id, still[:5], 8)  # twice, until the engine tidies up
    for people, version in (still, GENERATION), (changed, GENERATION + 1):
        older = [person(dice, one.customer_id) for one in people]
        await writer.write(tenant_id, older, (), version)
    await writer.write(tenant_id, changed, (), GENERATION + 2)
    await writer.write(tenant_id, (), [one.customer_id for one in gone], GENERATION + 3)
    await _insert(analytics, EVENT, [_fact(tenant_id, who, act) for who, act in world.acts])


async def _base(analytics: Analytics, writer: Writer, tenant_id: int, people, version: int) -> None:
    """Write people to the base, by way of another tenant's changes."""
    other = tenant_id * 10 + version
    await writer.write(other, people, (), version)
    for table in (PERSON_CONTACT, PERSON_VALUE, PERSON):
        await analytics.command(
            f"INSERT INTO {table.name} SELECT * REPLACE (0 AS tier, {tenant_id} AS tenant_id)"  # noqa: S608
            f" FROM (SELECT * FROM {table.name} WHERE tenant_id = {other})"
        )


def _fact(tenant_id: int, who: int, act: Act) -> tuple[object, ...]:
    return (
        act.shard, act.position, UUID(int=act.position << 8 | act.shard), tenant_id, act.type, 1,
        act.occurred_at, NOW, who, act.staff_account_id or 0, 0, json.dumps(act.properties),
    )  # fmt: skip


async def _insert(analytics: Analytics, table, rows) -> None:
    await analytics.insert(
        table.name, list(table.columns), rows, types=list(table.columns.values())
    )
