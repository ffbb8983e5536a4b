"""Facts about experiments."""

from typing import ClassVar, Literal

from siyu.facts.base import Fact


class ExperimentAssigned(Fact, frozen=True, kw_only=True):
    """A person was about to be treated, and was treated or held out by chance."""

    type: ClassVar[str] = "experiment.assigned"
    title: ClassVar[str] = "进入实验"

    experiment: str
    arm: Literal["treated", "held_out"]
