"""Measuring siyu beside its limit: in turns, on the same machine, within the same minutes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from siyu.bench.load import Answers, Load, LoadFailed, put_from_elsewhere
from siyu.bench.stand import percentile


@dataclass(frozen=True)
class Side:
    """What the rounds on one side gave: medians over the rounds."""

    rounds: Sequence[Answers]

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return round(median(answers.per_second for answers in self.rounds), 1)

    def milliseconds(self, share: float) -> float:
        """Return the time within which `share` of the answers came."""
        return round(median(percentile(answers.milliseconds, share) for answers in self.rounds), 2)

    @property
    def sent(self) -> int:
        """All requests that were answered."""
        return sum(answers.sent for answers in self.rounds)


async def beside(
    siyu: Callable[[], Load], limit: Callable[[], Load], *, rounds: int, expected: int
) -> tuple[Side, Side]:
    """Put a load on siyu and on its limit, `rounds` times in turns; return both sides.

    Raises `LoadFailed` when anything but the status `expected` was answered: figures of refusals
    would be worth nothing.
    """
    sides: tuple[list[Answers], list[Answers]] = ([], [])
    for _ in range(rounds):
        for make, side in zip((limit, siyu), (sides[1], sides[0]), strict=True):
            answers = await put_from_elsewhere(make())
            if set(answers.statuses) != {expected}:
                raise LoadFailed(f"answers by status: {answers.statuses}")
            side.append(answers)
    return Side(sides[0]), Side(sides[1])


def share(part: float, whole: float) -> float:
    """Return the ratio of two figures."""
    return round(part / whole, 3)
