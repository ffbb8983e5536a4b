"""Tables of the dashboard: what each channel brought, and staff accounts in order."""

from collections.abc import Iterable
from typing import Final, Literal

from siyu.insight.dashboard.figures import cell, group_of
from siyu.insight.dashboard.pictures import Question
from siyu.insight.dashboard.schemas import Cell, ChannelRow, StaffRow
from siyu.insight.metrics import Measurement, Scope
from siyu.insight.names import NO_CHANNEL

CHANNEL_KEYS: Final = (
    "printed",
    "added",
    "first_day_churn",
    "orders",
    "attributed_gmv_fen",
    "cost_fen",
    "roi",
)
STAFF_KEYS: Final = ("added", "clicked", "orders", "gmv_fen")
RankBy = Literal["gmv", "orders", "added", "readings"]
_RANK_KEY: Final[dict[RankBy, str]] = {
    "gmv": "gmv_fen",
    "orders": "orders",
    "added": "added",
    "readings": "clicked",
}


def channel_rows(asked: Question, scope: Scope, found: Measurement) -> list[ChannelRow]:
    """Return a row per channel, those that brought most first, and one for no channel."""
    ids = [*asked.channels, *(found.groups("channel").keys() - asked.channels.keys())]
    rows = [_channel_row(asked, scope, found, channel) for channel in ids]
    kept = [row for row in rows if row.channel_id is not None or _happened(row)]
    return sorted(kept, key=_channel_order)


def _channel_order(row: ChannelRow) -> tuple[bool, float, float, int]:
    gmv, added = row.gmv_fen.value or 0, row.added.value or 0
    return (row.channel_id is None, -gmv, -added, row.channel_id or 0)


def _happened(row: ChannelRow) -> bool:
    return any(cell.value for cell in (row.added, row.orders, row.gmv_fen))


def _channel_row(asked: Question, scope: Scope, found: Measurement, channel: int) -> ChannelRow:
    values = group_of(found, "channel", channel, CHANNEL_KEYS)
    cells = {key: cell(asked.knowledge, scope, values, key) for key in CHANNEL_KEYS}
    for key in ("printed", "cost_fen"):
        if cells[key].value == 0:
            cells[key] = Cell(None, "所选时间内没有为这个渠道录入", "not_entered")
    return ChannelRow(
        channel_id=channel or None,
        name=asked.channels.get(channel, NO_CHANNEL),
        exposed=cells["printed"],
        added=cells["added"],
        first_day_churn=cells["first_day_churn"],
        orders=cells["orders"],
        gmv_fen=cells["attributed_gmv_fen"],
        cost_fen=cells["cost_fen"],
        roi=cells["roi"],
    )


def staff_rows(
    asked: Question,
    scope: Scope,
    found: Measurement,
    among: Iterable[int],
    by: RankBy = "gmv",
) -> list[StaffRow]:
    """Return a row per staff account of `among` that serves or achieved something, in order.

    Equal achievements share a rank.
    """
    key = _RANK_KEY[by]
    measured = {
        account: group_of(found, "staff", account, STAFF_KEYS)
        for account in among
        if asked.staff[account].serves or account in found.groups("staff")
    }

    def order(account: int) -> tuple[float, ...]:
        values = measured[account]
        return (-(values[key] or 0), -(values["added"] or 0), -(values["clicked"] or 0), account)

    ordered = sorted(measured, key=order)
    ranks: dict[float, int] = {}
    for place, account in enumerate(ordered, 1):
        ranks.setdefault(measured[account][key] or 0, place)
    return [
        StaffRow(
            rank=ranks[measured[account][key] or 0],
            staff_account_id=account,
            name=asked.staff[account].name,
            avatar_url=asked.staff[account].avatar_url,
            mine=account in asked.mine,
            added=cell(asked.knowledge, scope, measured[account], "added"),
            readings=cell(asked.knowledge, scope, measured[account], "clicked"),
            orders=cell(asked.knowledge, scope, measured[account], "orders"),
            gmv_fen=cell(asked.knowledge, scope, measured[account], "gmv_fen"),
        )
        for account in ordered
    ]
