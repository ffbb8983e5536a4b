"""What of identities goes over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from siyu.people.identity.evidence import Confidence, Evidence

Why = Annotated[str, Meta(min_length=1, max_length=200)]
MaybeWhy = Annotated[str, Meta(max_length=200)]
CandidateState = Literal["open", "accepted", "refused"]


class KnownId(Struct):
    """One known id of a person, shortened; `evidence` says how siyu knows it is theirs.

    `person_id` is the customer it is of when no merger counts.
    """

    id: int
    kind: str
    value: str
    linked_at: datetime | None
    evidence: str
    confidence: Confidence
    person_id: int


class PersonCard(Struct):
    """Enough of a person to tell who it is."""

    id: int
    name: str
    avatar_url: str | None
    created_at: datetime
    staff: list[str]
    identities: list[KnownId]


class Joined(Struct):
    """Somebody who was merged into a customer: why, by whom, and what of it is theirs.

    `into_id` is whom they were merged into, who may have been merged further.
    """

    person: PersonCard
    into_id: int
    at: datetime | None
    evidence: Evidence
    confidence: Confidence
    by: str | None
    reason: str


class Candidate(Struct):
    """Two people who may be one."""

    id: int
    one: PersonCard
    other: PersonCard
    evidence: Evidence
    confidence: Confidence
    state: CandidateState
    found_at: datetime
    decided_at: datetime | None
    by: str | None
    reason: str


class People(Struct):
    """How a customer is put together, and who else they may be.

    `more_candidates`: there are more suggestions, which come up as these are answered.
    """

    identities: list[KnownId]
    joined: list[Joined]
    candidates: list[Candidate]
    more_candidates: bool


class MergePreview(Struct):
    """What a merger would do. `separated` says that somebody once said they are two."""

    stays: PersonCard
    goes: PersonCard
    separated: bool


class Merge(Struct, forbid_unknown_fields=True):
    """With whom a customer is to be one, and why."""

    other_id: int
    reason: Why


class Unmerge(Struct, forbid_unknown_fields=True):
    """Who is to be taken out of a customer again, and why."""

    person_id: int
    reason: Why


class Decision(Struct, forbid_unknown_fields=True):
    """An answer to a suggestion."""

    accept: bool
    reason: MaybeWhy = ""


class Standing(Struct):
    """Who a customer is after that."""

    customer_id: int
