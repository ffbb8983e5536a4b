"""What a friendship is now, from when it began and ended.

Callbacks come repeated and out of order, so nothing is decided by the order of arrival: a
contact remembers its turns (began, ended, half-added; each once per moment), and its times
and state are folded from them by WeCom's own times. So a repeat adds no turn, and a late one
falls into its place. The rules:

- `first_add_at` is the earliest beginning; an addition after it never changes it.
- The friendship is the one that began last. It ended with the first ending at or after that
  beginning: when the customer deletes the staff account and is then deleted by it, the
  customer ended it. (A deletion in the very second of the addition came after it: one cannot
  end what has not begun.)
- A half addition (the customer has added, the staff account not yet) is no friendship; it
  only shows while there is nothing later.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

SAME_ADDITION: Final = timedelta(seconds=90)
"""Callback and details of one addition may differ by this much in what they call its time."""


class Turn(NamedTuple):
    """One turn of a contact."""

    at: datetime
    kind: Literal["half", "added", "lost"]
    by: str = ""
    observed: bool = True
    channel_id: int | None = None
    live_code_id: int | None = None


class Standing(NamedTuple):
    """What a contact is, given its turns."""

    state: Literal["half", "active", "lost"]
    first_add_at: datetime | None
    added_at: datetime | None
    lost_at: datetime | None
    lost_by: str | None
    channel_id: int | None
    live_code_id: int | None


def standing(turns: Iterable[Turn]) -> Standing:
    """Fold the turns of a contact, in whatever order they are given."""
    known = sorted(turns, key=lambda turn: (turn.at, turn.kind, turn.by))
    if not known:
        raise ValueError("a contact without turns")
    added = [turn for turn in known if turn.kind == "added"]
    latest = added[-1].at if added else None
    halves = [turn.at for turn in known if turn.kind == "half"]
    start = latest or (halves[-1] if halves else None)
    lost = [turn for turn in known if turn.kind == "lost"]
    ending = next((turn for turn in lost if start is None or turn.at >= start), None)
    origin = next((turn for turn in added if turn.live_code_id or turn.channel_id), None)
    state: Literal["half", "active", "lost"] = "active" if added else "half"
    if ending is not None:
        # A half addition after the last ending knocks again.
        state = "half" if halves and halves[-1] > lost[-1].at else "lost"
    return Standing(
        state=state,
        first_add_at=added[0].at if added else None,
        added_at=latest,
        lost_at=ending.at if ending else None,
        lost_by=ending.by if ending else None,
        channel_id=origin.channel_id if origin else None,
        live_code_id=origin.live_code_id if origin else None,
    )
