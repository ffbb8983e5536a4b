"""Rules that cannot be asked are refused, each mistake with its place."""

import json
from datetime import UTC, date, datetime

import msgspec
import pytest

from siyu.core.errors import Invalid
from siyu.people.rules import language as l
from siyu.people.rules.checking import Known, check, mentions, mistakes, read_rule
from tests.people.rules.worlds import FIELDS

KNOWN = Known({"tag": {1, 2}, "stage": {5}, "audience": {8, 9}}, FIELDS)
EARLY, LATE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


def found(rule: l.Rule, known: Known = KNOWN) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in mistakes(rule, known)]


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        (l.Attribute("age", "eq", number=1), [("rule.name", "unknown")]),
        (l.Attribute("name", "ge", number=1), [("rule.op", "op"), ("rule.text", "missing")]),
        (l.Attribute("name", "eq", text="a\nb"), [("rule.text", "control")]),
        (l.Attribute("orders", "ge"), [("rule.number", "missing")]),
        (l.Attribute("orders", "empty"), [("rule.op", "never_empty")]),
        (l.Attribute("sensitive", "eq", number=2), [("rule.number", "flag")]),
        (l.Attribute("created_at", "within"), [("rule.span", "missing")]),
        (l.Attribute("created_at", "within", span=l.Span()), [("rule.span", "missing")]),
        (
            l.Attribute("created_at", "within", span=l.Span(since=LATE, until=EARLY)),
            [("rule.span.until", "empty_span")],
        ),
        (l.Attribute("gender", "in", values=("x",)), [("rule.values", "unknown")]),
        (l.Attribute("stage", "in", values=("6",)), [("rule.values", "unknown")]),
        (l.Attribute("stage", "in", values=("5x",)), [("rule.values", "unknown")]),
        (l.Field(99, "present"), [("rule.field_id", "unknown")]),
        (l.Field(61, "anniversary", days=1), [("rule.op", "op")]),
        (l.Field(63, "within"), [("rule.since", "missing")]),
        (
            l.Field(63, "within", since=date(2026, 1, 2), until=date(2026, 1, 1)),
            [("rule.until", "empty_span")],
        ),
        (l.Field(64, "in", choices=(9,)), [("rule.choices", "unknown")]),
        (l.Tags((1, 3)), [("rule.tag_ids", "unknown")]),
        (l.Friendship(states=()), [("rule.states", "missing")]),
        (l.Friendship(lost=l.Span()), [("rule.lost", "missing")]),
        (l.Behaviour("order.eaten"), [("rule.type", "unknown")]),
        (l.Behaviour("order.paid", "ge", 0), [("rule.times", "always")]),
        (
            l.Behaviour("order.paid", where=(l.Where("colour", "eq", number=1),)),
            [("rule.where[0].name", "unknown")],
        ),
        (
            l.Behaviour("order.paid", where=(l.Where("amount_fen", "in", values=(1,)),)),
            [("rule.where[0].op", "op")],
        ),
        (
            l.Behaviour("contact.lost", where=(l.Where("by", "in", values=("me",)),)),
            [("rule.where[0].values", "unknown")],
        ),
        (
            l.Behaviour("site.event", where=(l.Where("properties", "eq", number=1),)),
            [("rule.where[0].name", "unknown")],
        ),
        (
            l.Behaviour("site.event", where=(l.Where("source_id", "in", values=(-1,)),)),
            [("rule.where[0].values", "unknown")],
        ),
        (
            l.Behaviour("site.event", where=(l.Where("name", "in", values=("a\0",)),)),
            [("rule.where[0].values", "unknown")],
        ),
        (l.Rfm(recency=(1,)), [("rule", "not_scored")]),
        (l.InAudience(7), [("rule.audience_id", "unknown")]),
    ],
)
def test_mistakes_have_their_place(rule: l.Rule, wrong: list[tuple[str, str]]) -> None:
    assert found(rule) == wrong
    inside = [(place.replace("rule", "rule.items[0]", 1), code) for place, code in wrong]
    assert found(l.AllOf((rule,))) == inside


def test_scores_lie_between_one_and_five() -> None:
    known = Known(scored=True)
    assert found(l.Rfm(recency=(6,)), known) == [("rule.recency", "range")]
    assert found(l.Rfm(), known) == [("rule", "missing")]


def test_groups_lie_in_eight_others_at_most() -> None:
    rule: l.Rule = l.Tags((1,))
    for _ in range(8):
        rule = l.AllOf((rule,))
    assert found(rule) == []
    assert [code for _, code in found(l.AllOf((rule,)))] == ["too_deep"]


def test_conditions_are_a_hundred_at_most() -> None:
    assert found(l.AllOf((l.Tags((1,)),) * 100)) == []
    assert found(l.AllOf((l.Tags((1,)),) * 101)) == [("rule", "too_many")]


def test_no_audience_is_made_of_itself() -> None:
    known = Known({"audience": {8, 9}}, rules={8: l.InAudience(9), 9: l.AllOf((l.Tags((1,)),))})
    check(l.InAudience(8), known, audience_id=7)
    with pytest.raises(Invalid) as refused:
        check(l.InAudience(8), known, audience_id=9)
    assert [one.code for one in refused.value.errors] == ["circular"]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b'{"kind": "tags"}', "rule.tag_ids"),
        (b'{"kind": "tags", "tag_ids": []}', "rule.tag_ids"),
        (
            b'{"kind": "any", "items": [{"kind": "tags", "tag_ids": [1], "x": 1}]}',
            "rule.items[0].x",
        ),
        (b'{"kind": "tags", "tag_ids": [0]}', "rule.tag_ids[0]"),
        (b'{"kind": "audience", "audience_id": 99999999999999999999}', "rule.audience_id"),
        (b"{", "rule"),
        (b'{"kind":"all","items":[' * 100_000, "rule"),
    ],
)
def test_what_is_no_rule_is_refused(body: bytes, place: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_rule(body)
    assert refused.value.errors[0].field == place


def test_a_rule_survives_json() -> None:
    rule = l.AllOf((l.Tags((1,)), l.NoneOf((l.Behaviour("order.paid", within=l.Span(last=7)),))))
    assert read_rule(msgspec.json.encode(rule)) == rule
    assert json.loads(msgspec.json.encode(msgspec.json.schema(l.Rule)))["$defs"]


def test_what_a_rule_names_can_be_looked_up() -> None:
    viewed = l.Behaviour("material.viewed", where=(l.Where("material_id", "in", values=(4,)),))
    stage = l.Attribute("stage", "in", values=("5",))
    rule = l.AnyOf((l.Tags((1, 2)), viewed, stage, l.Field(61, "present"), l.InAudience(8)))
    assert mentions(rule) == {
        "tag": {1, 2}, "material": {4}, "stage": {5}, "field": {61}, "audience": {8},
    }  # fmt: skip
