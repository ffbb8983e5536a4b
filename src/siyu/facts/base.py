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


def catalogue() -> dict[str, type[Fact]]:
    """Return all facts by type."""
    # Imported here, because the modules below define subclasses of this one.
    from siyu.facts import (  # noqa: PLC0415
        accounts,
        commerce,
        content,
        experiments,
        growth,
        messaging,
        people,
    )

    modules = (accounts, people, growth, messaging, content, commerce, experiments)
    found: dict[str, type[Fact]] = {}
    for module in modules:
        for member in vars(module).values():
            if not isinstance(member, type) or not issubclass(member, Fact) or member is Fact:
                continue
            if found.setdefault(member.type, member) is not member:
                raise ValueError(f"two facts are called {member.type}")
    return found
