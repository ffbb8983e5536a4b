"""Assigning people to the arms of an experiment.

An arm is a pure function of experiment and person, so it needs no table, is the same in
every process and at every time, and does not change when the share of others changes. The
fact `experiment.assigned` is announced when an arm takes effect: whoever was assigned but
never exposed does not count (Kohavi, Tang, Xu: Trustworthy Online Controlled Experiments,
ch. 20, triggering).
"""

import hashlib
from typing import Final, Literal

from siyu.core.context import Context
from siyu.facts.experiments import ExperimentAssigned

Arm = Literal["treated", "held_out"]

_BUCKETS: Final = 10_000


def arm_of(tenant_id: int, experiment: str, customer_id: int, *, hold_out: float) -> Arm:
    """Return the arm of a person; `hold_out` is the share held out, between 0 and 1.

    A person who is held out at some share stays held out at every greater one.
    """
    if not 0 <= hold_out <= 1:
        raise ValueError("a share lies between 0 and 1")
    subject = f"{tenant_id}\0{experiment}\0{customer_id}".encode()
    bucket = int.from_bytes(hashlib.blake2b(subject, digest_size=8).digest(), "big") % _BUCKETS
    return "held_out" if bucket < hold_out * _BUCKETS else "treated"


def assign(
    ctx: Context, experiment: str, customer_id: int, identity_id: int, *, hold_out: float
) -> Arm:
    """Return the arm of a person who is about to be treated or spared, and announce it."""
    arm = arm_of(ctx.tenant_id, experiment, customer_id, hold_out=hold_out)
    ctx.announce(ExperimentAssigned(experiment=experiment, arm=arm), identity_id=identity_id)
    return arm
