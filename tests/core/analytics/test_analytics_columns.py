from datetime import UTC, datetime
from uuid import uuid4

from siyu.core.analytics.columns import event_columns, owner_rows
from siyu.core.analytics.schema import EVENT, PROPERTY_COLUMNS
from siyu.facts import catalogue

AT = datetime(2026, 11, 21, tzinfo=UTC)


def row(properties: str, *, kind: str = "x.y", identity: int | None = 5) -> tuple[object, ...]:
    return (1, 2, uuid4(), 3, kind, 1, AT, AT, identity, None, None, properties)


def test_every_column_is_filled() -> None:
    columns = event_columns([row('{"a": 1}')])
    assert columns.keys() == EVENT.columns.keys()
    assert columns["properties"] == ('{"a": 1}',)
    assert columns["staff_account_id"] == [0]


def test_properties_have_columns_of_their_own() -> None:
    text = '{"customer_id": 9, "amount_fen": -5, "seconds": 3, "first": true, "kind": "h5"}'
    columns = event_columns([row(text), row("{}")])
    assert columns["customer_id"] == [9, 0]
    assert columns["amount_fen"] == [-5, 0]
    assert columns["seconds"] == [3.0, 0.0]
    assert columns["first"] == [True, False]
    assert columns["kind"] == ["h5", ""]


def test_an_odd_property_counts_as_absent() -> None:
    odd = (
        '{"customer_id": -1, "order_id": 18446744073709551616, "count": "7", "seconds": "fast",'
        ' "first": 1, "kind": null, "amount_fen": [1]}'
    )
    columns = event_columns([row(odd)])
    names = ("customer_id", "order_id", "count", "seconds", "first", "kind", "amount_fen")
    assert [columns[name][0] for name in names] == [0, 0, 0, 0.0, False, "", 0]


def test_only_links_of_identities_make_owners() -> None:
    columns = event_columns(
        [
            row('{"customer_id": 9}', kind="identity.linked"),
            row('{"customer_id": 9}', kind="contact.added"),
            row('{"customer_id": 9}', kind="identity.linked", identity=None),
        ]
    )
    assert owner_rows(columns) == [(3, 5, 9, 1, 2)]


def test_a_column_means_the_same_in_every_fact() -> None:
    kinds = {"UInt64": {int}, "Int64": {int}, "Float64": {int, float}, "Bool": {bool}}
    for fact in catalogue().values():
        for name, annotation in fact.__annotations__.items():
            expected = kinds.get(PROPERTY_COLUMNS.get(name, ""))
            if expected is not None:
                parts = set(getattr(annotation, "__args__", (annotation,))) - {type(None)}
                assert parts <= expected, (fact.type, name)
