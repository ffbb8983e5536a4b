"""What every fact has in common."""

from typing import ClassVar

import msgspec


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of fact. Its docstring is its entry in the catalogue.

    `type` is its name in the stream; `title` what people call it on a timeline.
    """

    type: ClassVar[str]
    title: ClassVar[str]
    version: ClassVar[int] = 1
