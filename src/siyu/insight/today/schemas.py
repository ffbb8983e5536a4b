"""Today as the staff's phone shows it."""

from datetime import datetime

import msgspec

from siyu.activation.sharing.schemas import Reading
from siyu.insight.dashboard.schemas import Cell
from siyu.insight.freshness import AsOf
from siyu.insight.metrics.definitions import Unit


class NewFriend(msgspec.Struct):
    """A customer who added one of my accounts today. `again` tells that it was not the first time.

    `welcomed` is empty while no welcome was due; `reason` says why to talk to them.
    """

    contact_id: int
    customer_id: int
    name: str
    avatar_url: str
    remark: str
    staff_account_id: int
    added_at: datetime
    minutes_ago: int
    again: bool
    channel: str | None
    welcomed: bool | None
    reason: str


class OwnFigure(msgspec.Struct):
    """One figure of mine, as the metric dictionary defines it."""

    key: str
    name: str
    unit: Unit
    definition: str
    figure: Cell


class Numbers(msgspec.Struct):
    """My figures of today; without the engine there are none, and `why_unknown` says so."""

    figures: list[OwnFigure]
    as_of: AsOf | None
    why_unknown: str | None


class Today(msgspec.Struct):
    """Whom to talk to now: who came today, who has just read, the latest first."""

    now: datetime
    new_friends: list[NewFriend]
    readings: list[Reading]
    numbers: Numbers


class OwnAccount(msgspec.Struct):
    """A staff account I run."""

    id: int
    userid: str
    name: str
    alias: str
    avatar_url: str
    position: str
    can_contact: bool


class Me(msgspec.Struct):
    """Who I am, the accounts I run, and my figures of today."""

    employee_id: int
    name: str
    staff_account_id: int | None
    accounts: list[OwnAccount]
    numbers: Numbers
