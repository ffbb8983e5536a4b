"""What the home page shows beside figures."""

from datetime import datetime
from typing import Literal

import msgspec


class Attention(msgspec.Struct):
    """Something that needs a person. `link` leads to where it is seen to in the console."""

    kind: Literal[
        "connection",
        "parked_callbacks",
        "failed_jobs",
        "failed_runs",
        "parked_facts",
        "live_codes",
        "welcomes",
        "lost",
    ]
    urgent: bool
    title: str
    detail: str
    count: int
    link: str


class AttentionList(msgspec.Struct):
    """What needs a person now, the urgent first; empty when nothing does."""

    items: list[Attention]
    as_of: datetime


class FirstStep(msgspec.Struct):
    """One of the first steps. `allowed` tells whether who asks may take it."""

    key: Literal[
        "connect", "sync", "official_account", "live_code", "material", "order_source", "first_add"
    ]
    title: str
    detail: str
    done: bool
    allowed: bool
    link: str


class FirstSteps(msgspec.Struct):
    """The checklist of a new enterprise, in order."""

    items: list[FirstStep]
    done: int
    total: int
