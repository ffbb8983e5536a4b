"""What browsers send to `/collect`."""

import re
from typing import Annotated, Final

import msgspec

Seconds = Annotated[float, msgspec.Meta(ge=0, le=86_400)]
Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]
Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z0-9_.]{0,63}$")]
Key = Annotated[str, msgspec.Meta(max_length=64)]
Text = Annotated[str, msgspec.Meta(max_length=200)]
Scalar = str | int | float | bool

MOST_EVENTS: Final = 50
MOST_PROPERTIES: Final = 30
_MOST_TEXT: Final = 200
_TELEPHONE_FROM: Final = 10**10
_TELEPHONE: Final = re.compile(r"\d[\d\s-]{5,}\d")


class Beat(msgspec.Struct):
    """How far a reading is: seconds visible and percent scrolled since it began."""

    seconds: Seconds = 0
    depth: Percent = 0
    end: bool = False


class HeardBeat(Beat, omit_defaults=True):
    """A beat as it is stored, with the number of the browser it came from (`content.visitors`)."""

    visitor: str = ""


class SiteReport(msgspec.Struct):
    """Something that happened on a page of the enterprise's own."""

    name: Name
    page: Text = ""
    properties: Annotated[dict[Key, Scalar], msgspec.Meta(max_length=MOST_PROPERTIES)] = {}


class Report(Beat):
    """One message of a browser: a beat of the reading `visit`, or events of the source `key`."""

    visit: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    key: Key | None = None
    events: Annotated[list[SiteReport], msgspec.Meta(max_length=MOST_EVENTS)] = []


def harmless(report: SiteReport) -> SiteReport:
    """Return a report without what could be a telephone number or another long figure."""
    return SiteReport(
        name=report.name,
        page=_mask(report.page.partition("?")[0].partition("#")[0]),
        properties={_mask(name): _harmless(value) for name, value in report.properties.items()},
    )


def _harmless(value: Scalar) -> Scalar:
    if isinstance(value, str):
        return _mask(value)
    # Numbers of eleven digits and more are telephones far more often than amounts.
    return "***" if abs(value) >= _TELEPHONE_FROM else value


def _mask(text: str) -> str:
    # PostgreSQL keeps no NUL in a text, and one such report would hold up all behind it.
    return _TELEPHONE.sub("***", text[:_MOST_TEXT].replace("\0", ""))
