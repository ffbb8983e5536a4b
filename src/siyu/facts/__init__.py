"""The catalogue of facts: what can become true, as data without behaviour.

Every fact is immutable, named `subject.happened`, carries ids and figures and never
personal data, and stays readable for ever: a changed meaning is a new version.
Rooms announce and hear facts without importing one another.
"""

from siyu.facts.base import Fact
from siyu.facts.listing import catalogue

__all__ = ["Fact", "catalogue"]
