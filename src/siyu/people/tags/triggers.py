"""What lets an automatic tag come: something a person did, bought, said, or became part of."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from siyu.core.stream import Event
from siyu.facts.people import AudienceEntered, AudienceLeft
from siyu.people.keywords import words_in
from siyu.people.picture.person import Act, Person
from siyu.people.rules.behaviours import doings
from siyu.people.rules.evaluate import test
from siyu.people.rules.language import Behaviour, Span, Where
from siyu.people.rules.terms import Terms

Ids = Annotated[tuple[int, ...], Meta(max_length=200)]
_OWN: Final = frozenset({"tag.marked", "tag.unmarked"})
"""What rules themselves do sets nothing off: rules could chase one another for ever."""
_TICK: Final = timedelta(milliseconds=1)
"""The act itself counts among those up to its moment."""


class _Trigger(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What sets a rule off."""


class Did(_Trigger, frozen=True, tag="behaviour"):
    """Did something that fits, for the `times`-th time or more within so many days."""

    type: Annotated[str, Meta(pattern=r"^[a-z_]+\.[a-z_]+$")]
    times: Annotated[int, Meta(ge=1, le=1000)] = 1
    within_days: Annotated[int, Meta(ge=1, le=366)] | None = None
    where: Annotated[tuple[Where, ...], Meta(max_length=5)] = ()


class Bought(_Trigger, frozen=True, tag="orders"):
    """Has so many orders, or has spent so much (fen), refunds taken off; both, where both stand."""

    orders: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    amount_fen: Annotated[int, Meta(ge=1)] | None = None


class Came(_Trigger, frozen=True, tag="added"):
    """Was added, through one of these channels or live codes; without any, in whatever way."""

    channel_ids: Ids = ()
    live_code_ids: Ids = ()


class Crossed(_Trigger, frozen=True, tag="audience"):
    """Came into an audience that keeps itself, or went out of it."""

    audience_id: int
    entered: bool = True


class Said(_Trigger, frozen=True, tag="keyword"):
    """Wrote one of these words, where messages reach siyu."""

    words: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=20)], ...],
        Meta(min_length=1, max_length=200),
    ]


Trigger = Did | Bought | Came | Crossed | Said

_ADDED: Final = frozenset({"contact.added", "contact.readded"})
_BOUGHT: Final = frozenset({"order.paid", "order.matched"})


def read(stored: object) -> Trigger:
    """Return a trigger as it was stored."""
    trigger: Trigger = msgspec.convert(stored, Trigger)
    return trigger


def hearable() -> frozenset[str]:
    """Return the types of facts that can set a rule off."""
    return (frozenset(doings()) - _OWN) | {AudienceEntered.type, AudienceLeft.type}


def types_of(trigger: Trigger) -> frozenset[str]:
    """Return the types of facts that may set a trigger off."""
    match trigger:
        case Did():
            return frozenset({trigger.type})
        case Bought():
            return _BOUGHT
        case Came():
            return _ADDED
        case Crossed():
            return frozenset({AudienceEntered.type if trigger.entered else AudienceLeft.type})
        case Said():
            return frozenset()


def asks_person(trigger: Trigger) -> bool:
    """Tell whether the fact alone does not say it: the person is to be looked at."""
    return isinstance(trigger, Bought) or (
        isinstance(trigger, Did) and (trigger.times > 1 or bool(trigger.where))
    )


def is_set_off(
    trigger: Trigger, event: Event, person: Person | None, terms: Callable[[], Terms]
) -> bool:
    """Tell whether a fact of one of its types sets a trigger off, as of when it occurred."""
    match trigger:
        case Did() if asks_person(trigger):
            return person is not None and _did(trigger, event, person, terms())
        case Did():
            return True
        case Bought():
            return person is not None and _bought(trigger, person)
        case Came():
            return _is_among(event.properties.get("channel_id"), trigger.channel_ids) and (
                _is_among(event.properties.get("live_code_id"), trigger.live_code_ids)
            )
        case Crossed():
            return bool(event.properties.get("audience_id") == trigger.audience_id)
        case Said():
            return False


def is_said(trigger: Trigger, text: str) -> bool:
    """Tell whether a message sets a trigger off."""
    return isinstance(trigger, Said) and bool(words_in(text, trigger.words))


def _did(trigger: Did, event: Event, person: Person, terms: Terms) -> bool:
    """Tell whether this act fits, and there were so many that fit up to it."""
    at = event.occurred_at + _TICK
    this = Act(
        event.type,
        event.occurred_at,
        event.properties,
        event.shard,
        event.position,
        event.staff_account_id,
    )
    once = Behaviour(trigger.type, where=trigger.where)
    if not test(once, terms, at)(msgspec.structs.replace(person, acts=(this,))):
        return False
    span = None if trigger.within_days is None else Span(last=trigger.within_days)
    often = Behaviour(trigger.type, times=trigger.times, within=span, where=trigger.where)
    return trigger.times == 1 or test(often, terms, at)(person)


def _bought(trigger: Bought, person: Person) -> bool:
    if person.bought is None:
        return False
    return person.bought.orders >= (trigger.orders or 0) and (
        person.bought.gmv_fen >= (trigger.amount_fen or 0)
    )


def _is_among(value: object, wanted: tuple[int, ...]) -> bool:
    return not wanted or value in wanted
