"""Streams made up at random, dense in what figures turn on: repeats, changes, borders of a day."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from siyu.core.context import SYSTEM_ACTOR, Context
from siyu.facts import Fact, catalogue
from siyu.insight.metrics.measuring import Scope

BASE = datetime(2026, 11, 16, 16, tzinfo=UTC)  # midnight in China
ZONE = "Asia/Shanghai"
DAYS = 3
PERSONS, STAFF, CHANNELS, ORDERS = (5, 6, 7, 8), (31, 32), (1, 2), tuple(range(1, 9))
FACTS = catalogue()
LOST_BY = ("customer", "staff", "transfer", "unknown")
_TENANTS = count(700_000)
_MINUTE = timedelta(minutes=1)
_DAY_OR_SO = (0, 10, 1439, 1440, 1441, 2000)

Entry = tuple[Fact, int | None, int | None, datetime]


def fact(kind: str, person, account, at, /, **members) -> Entry:
    return (FACTS[kind](**members), person, account, at)


def story(dice: Random) -> list[Entry]:
    """Make up a stream: facts with person, staff account and time, in the order of telling."""
    entries = [*_links(dice), *_friendships(dice), *_sales(dice), *_rest(dice)]
    dice.shuffle(entries)
    return entries


def scope(dice: Random) -> Scope:
    """Choose which of it counts."""
    start, end = sorted((_moment(dice), _moment(dice)))
    if dice.random() < 0.6:
        start, end = BASE, BASE + timedelta(days=DAYS)
    return Scope(
        tenant_id=next(_TENANTS),
        start=start,
        end=end,
        now=dice.choice((end, BASE + timedelta(days=9))),
        zone=ZONE,
        owners=dice.choice((None, None, None, frozenset({31}), frozenset(STAFF), frozenset())),
        channel_id=dice.choice((None, None, None, 1)),
    )


async def tell(db, clock, tenant_id: int, entries: list[Entry]) -> None:
    """Announce a story; every second fact is recorded in the same moment as the one before."""
    async with db.tenant(tenant_id) as session:
        ctx = Context(tenant_id=tenant_id, actor=SYSTEM_ACTOR, clock=clock, session=session)
        for number, (happened, person, account, at) in enumerate(entries):
            ctx.announce(happened, identity_id=person, staff_account_id=account, occurred_at=at)
            clock.advance(timedelta(milliseconds=number % 2))


def new_tenant() -> int:
    return next(_TENANTS)


def _moment(dice: Random) -> datetime:
    return BASE + _MINUTE * dice.randrange(DAYS * 24 * 60)


def _links(dice: Random) -> Iterator[Entry]:
    for person in PERSONS:
        for _ in range(dice.randrange(4)):
            members = {"customer_id": dice.choice((91, 92, 93)), "kind": "openid", "evidence": "x"}
            yield fact("identity.linked", person, None, _moment(dice), **members)


def _friendships(dice: Random) -> Iterator[Entry]:
    for person in PERSONS:
        for account in STAFF:
            ids = {"contact_id": person * 100 + account, "customer_id": 1}
            began = _moment(dice)
            if dice.random() < 0.8:
                flags = {"first": dice.random() < 0.5, "observed": dice.random() < 0.8}
                channel = {"channel_id": dice.choice((*CHANNELS, None))}
                yield fact("contact.added", person, account, began, **ids, **flags, **channel)
            for _ in range(dice.randrange(3)):
                at = began + dice.choice((-1, 1, 1, 1)) * _MINUTE * dice.choice(_DAY_OR_SO)
                yield fact("contact.lost", person, account, at, **ids, by=dice.choice(LOST_BY))
            if dice.random() < 0.4:
                yield fact("contact.readded", person, account, _moment(dice), **ids)


def _sales(dice: Random) -> Iterator[Entry]:
    for order in ORDERS:
        at, buyer = _moment(dice), dice.choice((*PERSONS, None, None))
        if dice.random() < 0.9:
            fen = dice.choice((0, 100, 500))
            yield fact("order.paid", buyer, None, at, order_id=order, amount_fen=fen, source_id=1)
        for _ in range(dice.randrange(4)):
            members = {"order_id": order, "customer_id": 1, "method": "phone"}
            yield fact("order.matched", dice.choice(PERSONS), None, _moment(dice), **members)
        for _ in range(dice.randrange(3)):
            fen = dice.choice((50, 100, 400))
            yield fact("order.refunded", buyer, None, at, order_id=order, refund_fen=fen)
        for _ in range(dice.randrange(4)):
            members = {
                "order_id": order,
                "method": dice.choice(("touch", "window", "none")),
                "amount_fen": 1,
                "channel_id": dice.choice((*CHANNELS, None)),
            }
            account = dice.choice((*STAFF, None))
            yield fact("order.attributed", buyer, account, _moment(dice), **members)


def _rest(dice: Random) -> Iterator[Entry]:
    link = {"material_id": 1, "tracked_link_id": 1}
    for _ in range(30):
        at, account = _moment(dice), dice.choice(STAFF)
        person = dice.choice(PERSONS)
        match dice.randrange(7):
            case 0 | 1:
                reader = dice.choice((*PERSONS, None))
                yield fact("material.viewed", reader, account, at, **link, visit_id=1)
            case 2:
                yield fact("material.shared", person, account, at, **link)
            case 3:
                yield fact("welcome.sent", person, account, at, seconds=dice.randrange(80) / 4)
            case 4:
                yield fact("welcome.given_up", person, account, at, reason="expired")
            case 5:
                figures = {"count": dice.randrange(1, 50), "cost_fen": dice.randrange(90)}
                where = {"channel_id": dice.choice(CHANNELS), "source": "printed"}
                yield fact("channel.exposed", None, None, at, **figures, **where)
            case _:
                yield fact("live_code.changed", None, None, at, live_code_id=1)
