"""The enterprise around the crowd: staff, channels, live codes, tags, stages, fields, groups."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import asyncpg
import msgspec

from siyu.bench.crowd.size import (
    CHANNELS,
    CODES,
    CORP_TAGS,
    INTERNAL_TAGS,
    PHONE_EVERY,
    SLOTS,
    STAGES,
    TENANT,
    Crowd,
)
from siyu.core.vault import Vault
from siyu.people.identity.phones import PHONE

_TAGS_A_GROUP: Final = 10
_STAGES: Final = ("新客", "意向", "试用", "成交", "复购", "沉睡")
_LEVELS: Final = ("普通", "银卡", "金卡", "黑钻")
_TASTES: Final = ("母婴", "美妆", "数码", "食品", "运动", "家居", "图书", "宠物")
_FIELDS: Final = (
    ("member_no", "会员号", "text", ()),
    ("points", "积分", "number", ()),
    ("birthday", "生日", "date", ()),
    ("level", "会员等级", "choice", _LEVELS),
    ("tastes", "兴趣", "choices", _TASTES),
    ("do_not_call", "勿电", "flag", ()),
)

Rows = Sequence[Sequence[Any]]


async def fill(connection: asyncpg.Connection, crowd: Crowd) -> None:
    """Write the rows that the crowd's rows point to; `connection` may do anything."""
    for table, columns, rows in _tables(crowd):
        await connection.copy_records_to_table(
            table, columns=["tenant_id", *columns], records=[(TENANT, *row) for row in rows]
        )


def _tables(crowd: Crowd) -> Iterator[tuple[str, list[str], Rows]]:
    at = crowd.moment - timedelta(days=1200)
    staff = range(1, crowd.staff + 1)
    departments = range(1, crowd.staff // 20 + 1)
    yield (
        "department",
        ["id", "number", "parent", "name", "sort", "gone"],
        [(n, n, None if n == 1 else 1, f"门店{n}", n, False) for n in departments],
    )
    yield (
        "employee",
        ["id", "name", "role", "scope", "state", "created_at"],
        [(_employee(n), _clerk(n), "staff", "self", "active", at) for n in staff],
    )
    yield (
        "staff_account",
        ["id", "userid", "employee_id", "name", "alias", "avatar_url", "position",
         "department_ids", "state", "can_contact"],
        [
            (n, f"staff{n:04}", _employee(n), _clerk(n), "", "", "导购",
             _json([1 + n % len(departments)]), "active", True)
            for n in staff
        ],
    )  # fmt: skip
    yield (
        "channel",
        ["id", "name", "kind", "note", "created_at"],
        [(n, f"渠道{n}", "store", "", at) for n in range(1, CHANNELS + 1)],
    )
    codes = range(1, CODES + 1)
    yield (
        "live_code",
        ["id", "name", "channel_id", "skip_verify", "welcome", "state", "state_token", "failure",
         "revision", "applied_revision", "config_id", "qr_url", "qr_file", "created_at"],
        [
            (n, f"活码{n}", 1 + (n - 1) % CHANNELS, True, _json({}), "active", f"lc{n}", "", 1, 1,
             f"config{n}", "", "", at)
            for n in codes
        ],
    )  # fmt: skip
    yield (
        "live_code_staff",
        ["live_code_id", "staff_account_id"],
        [(n, 1 + n % crowd.staff) for n in codes],
    )
    yield from _words()
    yield from _groups(crowd, at)
    yield (
        "order_source",
        ["id", "name", "key", "secret", "enabled", "created_at"],
        [(1, "商城", "crowd", b"-", True, at)],
    )


def _words() -> Iterator[tuple[str, list[str], Rows]]:
    """Yield tags, stages and fields."""
    tags = range(1, CORP_TAGS + INTERNAL_TAGS + 1)
    groups = range(1, len(tags) // _TAGS_A_GROUP + 1)
    corp_groups = CORP_TAGS // _TAGS_A_GROUP
    yield (
        "tag_group",
        ["id", "wecom_id", "name", "sort", "gone"],
        [(n, f"etg{n}" if n <= corp_groups else None, f"标签组{n}", n, False) for n in groups],
    )
    yield (
        "tag",
        ["id", "wecom_id", "group_id", "name", "sort", "gone"],
        [
            (n, f"et{n}" if n <= CORP_TAGS else None, 1 + (n - 1) // _TAGS_A_GROUP, f"标签{n}", n,
             False)
            for n in tags
        ],
    )  # fmt: skip
    yield (
        "stage",
        ["id", "name", "sort", "gone"],
        [(n, _STAGES[n - 1], n, False) for n in range(1, STAGES + 1)],
    )
    yield (
        "custom_field",
        ["id", "key", "name", "kind", "options", "visible_to", "hint", "sort", "gone"],
        [
            (n, key, name, kind, _options(options), _json([]), "", n, False)
            for n, (key, name, kind, options) in enumerate(_FIELDS, 1)
        ],
    )


def _groups(crowd: Crowd, at: datetime) -> Iterator[tuple[str, list[str], Rows]]:
    yield (
        "group_chat",
        ["id", "chat_id", "name", "notice", "owner_userid", "admins", "succession", "state",
         "members", "customers", "created_at", "watched_since", "member_version",
         "announced_version"],
        [
            (n, f"wrcrowd{n}", f"福利群{n}", "", f"staff{1 + n % crowd.staff:04}", _json([]), 0,
             "active", 0, 0, at, at, "", "")
            for n in range(1, crowd.groups + 1)
        ],
    )  # fmt: skip


async def phones(connection: asyncpg.Connection, crowd: Crowd, vault: Vault, people: range) -> None:
    """Give every so many-th of some people a phone: encrypted, found by its keyed hash."""
    called = people[-people.start % PHONE_EVERY :: PHONE_EVERY]
    found = [(n, vault.blind(PHONE, phone_of(n))) for n in called]
    await connection.copy_records_to_table(
        "customer_private",
        columns=["tenant_id", "identity_id", "kind", "ciphertext", "blind", "created_at"],
        records=[
            (TENANT, n * SLOTS - SLOTS + 1, PHONE, vault.encrypt(PHONE, phone_of(n)), blind,
             crowd.moment)
            for n, blind in found
        ],
    )  # fmt: skip
    await connection.copy_records_to_table(
        "identity",
        columns=["tenant_id", "id", "kind", "scope", "value", "customer_id", "evidence",
                 "created_at"],
        records=[
            (TENANT, _identity(n), PHONE, "", blind.hex(), n, "staff_remark", crowd.moment)
            for n, blind in found
        ],
    )  # fmt: skip


def phone_of(number: int) -> str:
    """Return the phone number of a person, in E.164."""
    return f"+8613{number:09}"


def _identity(number: int) -> int:
    return number * SLOTS


def _employee(staff: int) -> int:
    """Return the employee behind a staff account; the first ids are left to administrators."""
    return 1000 + staff


def _clerk(number: int) -> str:
    return f"导购{number:04}"


def _options(names: Sequence[str]) -> str:
    return _json([{"id": n, "name": name, "gone": False} for n, name in enumerate(names, 1)])


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
