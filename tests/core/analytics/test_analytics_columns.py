from datetime import UTC, datetime
from uuid import uuid4

from siyu.core.analytics.columns import event_columns, owner_rows
from siyu.core.analytics.schema import EVENT, PROPERTY_COLUMNS
from siyu.facts import catalogue

AT = datetime(2026, 11, 21, tzinfo=UTC)


def row(properties: str, *, kind: str = "x.y", identity: int | None = 5) -> tuple[object, ...]:
    return (1, 2, uuid4(), 3, kind, 1, AT, AT, identity, None, None, properties)


def test_absent_ids_are_zero() -> None:
    columns = event_columns([row('{"a": 1}'), row("{}", identity=None)])
    assert list(columns) == list(EVENT.columns)
    assert columns["properties"] == ('{"a": 1}', "{}")
    assert columns["identity_id"] == [5, 0]
    assert columns["staff_account_id"] == columns["touch_id"] == [0, 0]


def test_only_links_of_identities_make_owners() -> None:
    columns = event_columns(
        [
            row('{"customer_id": 9}', kind="identity.linked"),
            row('{"customer_id": 9}', kind="contact.added"),
            row('{"customer_id": 9}', kind="identity.linked", identity=None),
        ]
    )
    assert owner_rows(columns) == [(3, 5, 9, 1, 2)]


def test_the_ids_a_person_began_with_are_owned_before_whatever_is_said_of_them_later() -> None:
    created = row('{"customer_id": 9, "identity_ids": [5, 8]}', kind="customer.created")
    before_version_2 = row('{"customer_id": 9}', kind="customer.created")
    columns = event_columns([created, before_version_2])
    assert owner_rows(columns) == [(3, 5, 9, 1, 0), (3, 8, 9, 1, 0)]


def test_a_column_means_the_same_in_every_fact() -> None:
    kinds = {"UInt64": {int}, "Int64": {int}, "Float64": {int, float}, "Bool": {bool}}
    for fact in catalogue().values():
        for name, annotation in fact.__annotations__.items():
            expected = kinds.get(PROPERTY_COLUMNS.get(name, ""))
            if expected is not None:
                parts = set(getattr(annotation, "__args__", (annotation,))) - {type(None)}
                assert parts <= expected, (fact.type, name)
