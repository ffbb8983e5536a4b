"""The catalogue of all facts."""

from siyu.facts import accounts, commerce, content, experiments, groups, growth, messaging, people
from siyu.facts.base import Fact

_MODULES = (accounts, people, groups, growth, messaging, content, commerce, experiments)


def catalogue() -> dict[str, type[Fact]]:
    """Return all facts by type."""
    found: dict[str, type[Fact]] = {}
    for module in _MODULES:
        for member in vars(module).values():
            if not isinstance(member, type) or not issubclass(member, Fact) or member is Fact:
                continue
            if found.setdefault(member.type, member) is not member:
                raise ValueError(f"two facts are called {member.type}")
    return found
