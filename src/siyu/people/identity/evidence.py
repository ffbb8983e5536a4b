"""What shows that two ids are of one person, and how surely.

A chain is as sure as its weakest link. Two persons are joined by a rule only where every link
between them is at least strong; what is weak becomes a suggestion that a person answers.
"""

from collections.abc import Mapping
from typing import Final, Literal

Confidence = Literal["weak", "strong", "certain"]

Evidence = Literal[
    "first_seen",
    "oauth",
    "unionid",
    "external_userid",
    "browser",
    "customer_phone",
    "order",
    "order_phone",
    "staff_remark",
    "import",
    "manual",
    "unmerge",
]

_RANKS: Final[Mapping[str, int]] = {"weak": 0, "strong": 1, "certain": 2}

CONFIDENCE: Final[Mapping[Evidence, Confidence]] = {
    # The id itself was seen, or WeChat said so of whoever signed in.
    "first_seen": "certain",
    "oauth": "certain",
    # One Open Platform account gives a person one unionid.
    "unionid": "certain",
    # WeCom's own sign-in names its customer.
    "external_userid": "certain",
    # The same browser, which others may have used before.
    "browser": "strong",
    # The customer gave it, and proved it or had no reason to lie.
    "customer_phone": "strong",
    # A signed source of orders says who its member is.
    "order": "strong",
    # Who receives a parcel need not be who bought it.
    "order_phone": "weak",
    # Staff type what they heard, and mistype.
    "staff_remark": "weak",
    "import": "weak",
    # An employee looked at both.
    "manual": "strong",
    "unmerge": "strong",
}


def sure_enough(confidence: str) -> bool:
    """Tell whether a rule may join two persons on it."""
    return confidence != "weak"


def surer(confidence: str, than: str) -> bool:
    """Tell whether one confidence is higher than another."""
    return _RANKS[confidence] > _RANKS[than]


def weaker(confidence: Confidence, other: str) -> Confidence:
    """Return how sure a chain of two links is: as its weaker one."""
    if not surer(confidence, other):
        return confidence
    return "weak" if other == "weak" else "strong"
