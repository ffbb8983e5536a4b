"""How people of a population are: every parameter of their lives, in one place.

Chances lie between 0 and 1, weights count against each other, times are in seconds of the world.
Change them here; nothing else in the world holds a number about how people behave.

A life is a chain of acts. After each act the next one is drawn from `NEXT` (weights by the act
just done, multiplied by the channel's), and its time from `PAUSES`; at hours when people sleep it
is put off (`RHYTHM`).
"""

from dataclasses import dataclass, field

RHYTHM = (
    0.10, 0.04, 0.02, 0.02, 0.03, 0.08,  # 0 to 5 h: feeding at night
    0.25, 0.55, 0.80, 0.95, 1.00, 0.95,  # 6 to 11 h: the working morning
    0.85, 0.70, 0.60, 0.60, 0.65, 0.70,  # 12 to 17 h: nap, then the slow afternoon
    0.80, 0.95, 1.15, 1.20, 0.90, 0.40,  # 18 to 23 h: children in bed, the phone in hand
)  # fmt: skip
"""How awake people are by the hour of the day in China (UTC+8); arrivals follow it, too."""

UTC_OFFSET = 8 * 3600.0


@dataclass(frozen=True, slots=True)
class Channel:
    """Where people come from, and what that makes of them.

    ``share`` weighs how many come. ``acts`` multiplies the weights of `NEXT`: who was handed a
    card by a shop assistant buys; who came for a free gift deletes.
    """

    name: str
    share: float
    acts: dict[str, float] = field(default_factory=dict)


CHANNELS = (
    Channel("parcel_card", 40, {"buy": 1.5, "read": 1.2, "delete": 0.6}),
    Channel("store_poster", 25, {"buy": 1.2, "ask": 1.4, "delete": 0.7}),
    Channel("friend", 15, {"forward": 1.6, "buy": 1.1, "delete": 0.5}),
    Channel("live_stream", 12, {"read": 0.8, "buy": 0.7, "complain": 1.6, "delete": 1.8}),
    Channel("free_gift", 8, {"read": 0.5, "buy": 0.2, "complain": 2.0, "delete": 3.0}),
)
"""Codes are dealt to these in turn, in the order they were made."""

NEXT: dict[str, dict[str, float]] = {
    "arrive": {"read": 55, "ask": 20, "note": 12, "buy": 5, "delete": 5, "end": 8},
    "read": {"buy": 16, "forward": 10, "ask": 14, "read": 18, "note": 8, "delete": 4, "end": 30},
    "ask": {"answer": 88, "complain": 2, "end": 10},
    "answer": {"buy": 24, "thank": 16, "ask": 12, "note": 20, "read": 8, "delete": 3, "end": 17},
    "thank": {"buy": 20, "read": 15, "join": 10, "note": 10, "end": 45},
    "note": {"read": 25, "buy": 15, "ask": 15, "note": 5, "drop": 3, "join": 7, "end": 30},
    "buy": {"deliver": 20, "thank": 20, "buy": 14, "refund": 7, "read": 8, "join": 6, "end": 25},
    "deliver": {"answer": 75, "complain": 12, "end": 13},
    "refund": {"ask": 25, "delete": 20, "buy": 10, "end": 45},
    "forward": {"read": 20, "buy": 15, "end": 65},
    "complain": {"delete": 45, "answer": 30, "end": 25},
    "join": {"talk": 45, "leave": 15, "read": 10, "end": 30},
    "talk": {"talk": 30, "leave": 15, "buy": 15, "end": 40},
    "leave": {"delete": 15, "read": 15, "end": 70},
    "delete": {"return": 30, "end": 70},
    "return": {"read": 45, "ask": 20, "delete": 10, "end": 25},
    "drop": {"return": 20, "end": 80},
}
"""What people do after what.

``arrive`` scan and add · ``read`` open the latest link · ``ask`` a question about a product ·
``deliver`` ask where the parcel is · ``answer`` the staff member does · ``thank`` praise ·
``note`` the staff member edits remark or tags · ``buy``, ``refund``, ``forward`` ·
``complain`` about marketing · ``delete`` the staff account · ``return`` add it again ·
``drop`` the staff member deletes the customer · ``join``, ``talk``, ``leave`` a customer group.
"""

PAUSES: dict[str, tuple[float, float]] = {
    "read": (20, 3 * 3600),
    "ask": (60, 2 * 3600),
    "answer": (20, 1200),
    "thank": (60, 3600),
    "note": (120, 4 * 3600),
    "buy": (600, 5 * 3600),
    "deliver": (2 * 3600, 8 * 3600),
    "refund": (3600, 8 * 3600),
    "forward": (60, 3600),
    "complain": (600, 4 * 3600),
    "delete": (120, 4 * 3600),
    "return": (900, 6 * 3600),
    "drop": (3600, 8 * 3600),
    "join": (300, 4 * 3600),
    "talk": (120, 2 * 3600),
    "leave": (600, 6 * 3600),
}
"""Shortest and longest time until an act; drawn evenly on a logarithmic scale."""

ARRIVALS_UNTIL = 0.8
"""Everybody has come when this share of the life is over."""

READ_SECONDS = (3.0, 24.0)
READ_DEPTH = (15, 100)
WITHOUT_LINK = 0.6
"""Chance that who finds no link to read asks a question instead of nothing."""

FRIEND_COMES = 0.25
"""Chance that a friend who was sent a link becomes a customer too."""

BUYS_BY_LINK = 0.7
"""Chance that a link's mark is carried into the shop."""

QUANTITIES = {1: 75, 2: 20, 3: 5}
WHOLE_REFUND = 0.6
NEW_TAG = 0.02
"""Chance that the administrator makes a new tag when a staff member wants one."""

TAGS_AT_ONCE = (1, 3)
STAFF_ANSWERS_GROUP = 0.4
