"""Callbacks as they go over HTTP."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

CallbackState = Literal["waiting", "done", "parked"]


class CallbackRow(Struct, kw_only=True):
    """One callback in the list.

    `fate` says in a word what became of it; of one that could not be digested, type and place
    of the error. `tries` counts failed ones; after five it is parked.
    """

    id: int
    received_at: datetime
    event: str
    change_type: str
    state: CallbackState
    fate: str
    tries: int


class CallbackView(CallbackRow, kw_only=True):
    """One callback as it came (XML or JSON), decrypted; what is personal is blacked out."""

    occurred_at: datetime
    xml: str
