"""Hand-overs of customers from one staff account to another."""

import msgspec

DONE, WAITING, REFUSED, FULL = 1, 2, 3, 4
"""How far a hand-over is (docs 94088, 94082)."""


class Transfer(msgspec.Struct, kw_only=True):
    """One customer on the way from ``handover`` to ``takeover``; it is done at ``due``.

    ``resigned``: the former account has left the corporation. ``finished`` is when it ended, either
    way. ``message`` greets the customer when it is done.
    """

    id: int
    handover: str
    takeover: str
    person: int
    started: float
    due: float
    resigned: bool
    message: str = ""
    status: int = WAITING
    finished: float | None = None
