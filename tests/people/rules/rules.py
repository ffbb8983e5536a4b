"""Rules over the full language, as Hypothesis makes them up."""

from datetime import date, timedelta

from hypothesis import strategies as st

from siyu.people.rules import language as l
from siyu.people.rules.attributes import BASICS
from tests.people.rules.worlds import (
    BY_RULE,
    CHANNELS,
    CODES,
    FIELDS,
    GROUPS,
    LIST,
    MATERIALS,
    NOW,
    STAFF,
    STAGES,
    TAGS,
    WORDS,
)

_FIGURES = st.sampled_from(("eq", "ne", "lt", "le", "gt", "ge"))
_TEXT_OPS = st.sampled_from(("eq", "ne", "contains", "starts"))
_TEXTS = st.sampled_from((*WORDS[1:], "a", "?", "\\", "林", "É")) | st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=3
)
_NUMBERS = st.sampled_from((-5, 0, 1, 2, 3, 100, 200, 500))
_BORDERS = st.sampled_from((0, 1, 7, 30, 90)).map(lambda days: NOW - timedelta(days=days))


def _some(*values):
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)


def _or_none(strategy):
    return st.none() | strategy


spans = st.builds(
    l.Span,
    last=_or_none(st.sampled_from((1, 2, 7, 24, 30, 90))),
    older=_or_none(st.sampled_from((1, 7, 24, 30))),
    unit=st.sampled_from(("hour", "day")),
    since=_or_none(_BORDERS),
    until=_or_none(_BORDERS.map(lambda at: at + timedelta(milliseconds=1))),
).filter(lambda span: any((span.last, span.older, span.since, span.until)))


def _attribute(basic):
    make = {
        "text": st.builds(l.Attribute, st.just(basic.name), _TEXT_OPS, text=_TEXTS),
        "moment": st.builds(l.Attribute, st.just(basic.name), st.just("within"), span=spans),
        "flag": st.builds(
            l.Attribute, st.just(basic.name), st.just("eq"), number=st.integers(0, 1)
        ),
        "choice": st.builds(
            l.Attribute,
            st.just(basic.name),
            st.sampled_from(("in", "not_in")),
            values=_some(*([one.value for one in basic.choices] or map(str, STAGES))),
        ),
    }
    figure = st.builds(l.Attribute, st.just(basic.name), _FIGURES, number=_NUMBERS)
    exists = st.sampled_from(("empty", "present")).map(lambda op: l.Attribute(basic.name, op))
    return make.get(basic.kind, figure) | exists if basic.optional else make.get(basic.kind, figure)


def _field(item):
    field_id, shape = item
    days = st.sampled_from((date(1990, 2, 28), date(2000, 1, 1), date(2027, 3, 1)))
    make = {
        "text": st.builds(l.Field, st.just(field_id), _TEXT_OPS, text=_TEXTS),
        "number": st.builds(
            l.Field, st.just(field_id), _FIGURES, number=st.sampled_from((-1.5, 0.0, 1.0, 2.5))
        ),
        "date": st.builds(
            l.Field, st.just(field_id), st.just("within"), since=days, until=_or_none(days)
        )
        | st.builds(
            l.Field,
            st.just(field_id),
            st.just("anniversary"),
            days=st.sampled_from((0, 1, 30, 364, 365, 366)),
        ),
        "choices": st.builds(
            l.Field, st.just(field_id), st.sampled_from(("in", "not_in")), choices=_some(1, 2, 3)
        ),
        "flag": st.builds(
            l.Field, st.just(field_id), st.just("eq"), number=st.sampled_from((0.0, 1.0))
        ),
    }
    exists = st.sampled_from(("empty", "present")).map(lambda op: l.Field(field_id, op))
    return make[shape.kind] | exists


tags = st.builds(
    l.Tags,
    _some(*TAGS, 59),
    mode=st.sampled_from(("wecom", "any", "all", "none")),
    past=st.booleans(),
)
friendships = st.builds(
    l.Friendship,
    staff_account_ids=_or_none(_some(*STAFF)),
    channel_ids=_or_none(_some(*CHANNELS)),
    live_code_ids=_or_none(_some(*CODES)),
    add_ways=_or_none(_some(0, 1, 16)),
    states=_or_none(_some("half", "active", "lost")),
    lost_by=_or_none(_some("customer", "staff", "transfer", "unknown")),
    first_added=_or_none(spans),
    added=_or_none(spans),
    lost=_or_none(spans),
    times=st.sampled_from((1, 1, 1, 2, 3)),
)


def _where(name, **given):
    return st.builds(l.Where, st.just(name), **given)


_IN = st.just("in")
_WHERES = {
    "material.viewed": _where("material_id", op=_IN, values=_some(*MATERIALS))
    | _where("forwarded", op=st.just("eq"), number=st.sampled_from((0.0, 1.0))),
    "order.paid": _where("amount_fen", op=_FIGURES, number=st.sampled_from((0.0, 100.0, 99.5))),
    "contact.lost": _where("age_seconds", op=_FIGURES, number=st.sampled_from((0.0, 60.0)))
    | _where("by", op=_IN, values=_some("customer", "staff"))
    | _where("channel_id", op=_IN, values=_some(*CHANNELS)),
    "tag.marked": _where("tag_id", op=_IN, values=_some(*TAGS)),
    "site.event": _where("name", op=_IN, values=_some("view", "buy", "it's"))
    | _where("properties.sku", op=_IN, values=_some("A1", "5", 5, 1))
    | _where("properties.price", op=_FIGURES, number=st.sampled_from((0.0, 1.0))),
}


def _behaviour(type_):
    return st.builds(
        l.Behaviour,
        st.just(type_),
        op=_FIGURES,
        times=st.sampled_from((0, 1, 1, 2, 3, 5)),
        within=_or_none(spans),
        where=st.lists(_WHERES[type_], max_size=2).map(tuple),
    )


_scores = _or_none(_some(1, 2, 3, 4, 5))
leaves = st.one_of(
    st.sampled_from(list(BASICS.values())).flatmap(_attribute),
    st.sampled_from(list(FIELDS.items())).flatmap(_field),
    tags,
    friendships,
    st.sampled_from(list(_WHERES)).flatmap(_behaviour),
    st.builds(l.Rfm, recency=_scores, frequency=_scores, money=_scores).filter(
        lambda rule: rule != l.Rfm()
    ),
    st.builds(l.InGroups, group_ids=_or_none(_some(*GROUPS)), mode=st.sampled_from(("any", "all"))),
    st.sampled_from((LIST, BY_RULE)).map(l.InAudience),
)
rules = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4).flatmap(
        lambda items: st.sampled_from((l.AllOf, l.AnyOf, l.NoneOf)).map(
            lambda group: group(tuple(items))
        )
    ),
    max_leaves=12,
)
