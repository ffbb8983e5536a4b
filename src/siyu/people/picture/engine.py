"""The picture's tables in the engine.

Each has two tiers, as partitions: the base (0), whose content only a compaction changes, and what
changed since (1). Who has rows in tier 1 of `person` counts by those alone, in all three tables;
so what a rule says of the base can be kept until the next compaction, and stays exact.
In tier 1 the rows of a customer's highest `version` in `person` count. So rows of the other two
tables are written before those of `person`. What is not above the base's generation is in the base
already and counts no more: rows of tier 1 are only asked for by `version > generation`, for a
compaction takes the others away one table after the other.
"""

from typing import Final

from siyu.core.analytics.schema import Table

_KEY: Final = {"tier": "UInt8", "tenant_id": "UInt64", "customer_id": "UInt64", "version": "UInt64"}
_MOMENT: Final = "Nullable(DateTime64(6, 'UTC'))"

PERSON: Final = Table(
    "person",
    _KEY
    | {
        "gone": "UInt8",
        "identity_ids": "Array(UInt64)",
        "identity_kinds": "Array(LowCardinality(String))",
        "created_at": "DateTime64(6, 'UTC')",
        "name": "String",
        "remarks": "String",
        "gender": "UInt8",
        "kind": "UInt8",
        "corp_name": "String",
        "state": "LowCardinality(String)",
        "first_add_at": _MOMENT,
        "last_add_at": _MOMENT,
        "stage_id": "UInt64",
        "stage_at": _MOMENT,
        "marketing": "LowCardinality(String)",
        "sensitive": "UInt8",
        "friends": "UInt16",
        "orders": "UInt32",
        "gmv_fen": "Int64",
        "first_paid_at": _MOMENT,
        "last_paid_at": _MOMENT,
    },
    order_by=("tenant_id", "customer_id"),
    partition_by="tier",
    family="Replacing",
    arguments="version",
    sharding="cityHash64(tenant_id, customer_id)",
)
"""One row a customer. `gone`: merged into another or erased, so that only tier 1 has it.
`remarks` are `Person.remarks`, by line; `friends` is `Person.living`; absent ids are 0."""

PERSON_CONTACT: Final = Table(
    "person_contact",
    _KEY
    | {
        "staff_account_id": "UInt64",
        "contact_id": "UInt64",
        "state": "LowCardinality(String)",
        "first_add_at": _MOMENT,
        "added_at": _MOMENT,
        "lost_at": _MOMENT,
        "lost_by": "LowCardinality(String)",
        "channel_id": "UInt64",
        "live_code_id": "UInt64",
        "add_way": "Int32",
    },
    order_by=("tenant_id", "staff_account_id", "customer_id", "contact_id", "version"),
    partition_by="tier",
    family="Replacing",
    arguments="version",
    sharding="cityHash64(tenant_id, customer_id)",
)
"""One row a friendship; `add_way` -1 where it is not known."""

PERSON_VALUE: Final = Table(
    "person_value",
    _KEY
    | {
        "kind": "LowCardinality(String)",
        "key": "UInt64",
        "item": "UInt64",
        "number": "Float64",
        "text": "String",
        "day": "Date32",
    },
    order_by=("tenant_id", "kind", "key", "item", "customer_id", "version"),
    partition_by="tier",
    family="Replacing",
    arguments="version",
    sharding="cityHash64(tenant_id, customer_id)",
)
"""What a person has by key: `tag`, `past_tag` (key: tag; item: the staff account whose friendship
carries it, 0 for an internal one), `group` (key: group), `field` (key: field; item: the option of a
choice, else 0; the value in `number`, `text` or `day`), and
`identity` (key: identity), by which facts find their customer as of the picture."""

PERSON_MARK: Final = Table(
    "person_mark",
    {"epoch": "String", "version": "UInt64"},
    order_by=("epoch",),
    family="Replacing",
    arguments="version",
    sharding="cityHash64(epoch)",
)
"""Of which making these tables are, and the last version that was compacted in them."""

NEW: Final = "tier = 1 AND version > {generation:UInt64}"
"""What changed since the base of a generation."""
_LATEST: Final = (
    f"SELECT customer_id, max(version) FROM person WHERE {NEW}"  # noqa: S608 - constants
    " AND tenant_id = {tenant:UInt64} GROUP BY customer_id"
)
TIERS: Final = (
    "tier = 0",
    f"{NEW} AND (customer_id, version) GLOBAL IN ({_LATEST})",
)
"""Which rows are the base's, and which tell of who changed since."""

TABLES: Final = (PERSON, PERSON_CONTACT, PERSON_VALUE, PERSON_MARK)
