"""What of audiences goes over HTTP."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from siyu.core.jobs.notes import NoteData
from siyu.people.customers.schemas import ListState, Named, StaffRef
from siyu.people.rules.attributes import Basic
from siyu.people.rules.behaviours import Doing
from siyu.people.rules.explain import Explained
from siyu.people.rules.language import Rule

AudienceKind = Literal["rule", "list"]
AudienceState = Literal["building", "ready", "behind"]
UseKind = Literal["marking", "export", "other"]
BuildState = Literal["waiting", "running", "done", "failed", "cancelling", "cancelled"]
FieldKind = Literal["text", "number", "date", "choice", "choices", "flag"]
RfmMode = Literal["quantile", "fixed"]
UsedByKind = Literal["audience", "use", "tag_rule", "marking", "export", "view"]
ChoiceKind = Literal["tag", "staff", "channel", "live_code", "group", "stage", "audience"]

Name = Annotated[str, Meta(min_length=1, max_length=60)]
Description = Annotated[str, Meta(max_length=500)]
Ids = Annotated[list[int], Meta(min_length=1, max_length=100_000)]
Line = Annotated[str, Meta(max_length=200)]
Lines = Annotated[list[Line], Meta(min_length=1, max_length=5_000)]
Cut = Annotated[int, Meta(ge=0, le=1_000_000_000_000)]
Cuts = Annotated[list[Cut], Meta(min_length=4, max_length=4)]


class AudienceDraft(Struct):
    """An audience to be made.

    Of kind `rule` it needs `rule`. A list is made from a rule as of now, or of `customer_ids`, or
    empty.
    """

    name: Name
    kind: AudienceKind = "rule"
    description: Description = ""
    dynamic: bool = False
    rule: Rule | None = None
    customer_ids: Ids | None = None


class AudienceChange(Struct):
    """How an audience is to be from now on; another rule is another version.

    `version` is the one the editor began from: when somebody else has made another one since,
    the change is refused (`audience_changed`).
    """

    name: Name
    version: int
    description: Description = ""
    dynamic: bool = False
    rule: Rule | None = None


class BuildView(Struct):
    """The latest build; `done` and `total` are steps, `note` is a sentence."""

    run_id: int
    state: BuildState
    done: int
    total: int | None
    note: str
    said: NoteData


class SizePoint(Struct):
    """How many were in an audience on a day."""

    day: date
    size: int


class UsedBy(Struct):
    """Something that stands on an audience. While something `needs` it, it cannot be archived.

    Nameless is what the reader may not see, as a colleague's own view of the customer list.
    """

    kind: UsedByKind
    id: int
    name: str
    needs: bool = True


class AudienceRow(Struct):
    """An audience in the list.

    `size` is that of the latest build, kept up with what happens when `dynamic`; null before the
    first build, and for readers who see only some of the customers (`preview` counts theirs).
    `as_of` is when its members last changed or were looked at as a whole, `checked_at` until when
    that is known to be all there is to change: of one that is kept by itself it moves on all the
    time, of others it is `as_of`.
    """

    id: int
    name: str
    description: str
    kind: AudienceKind
    dynamic: bool
    state: AudienceState
    version: int
    size: int | None
    built_at: datetime | None
    as_of: datetime | None
    checked_at: datetime | None
    created_by: Named | None
    created_at: datetime
    changed_at: datetime
    archived_at: datetime | None
    trend: list[SizePoint]
    """Its size on each of the last 30 days on which that was noted; told as `size` is."""
    used_by: list[UsedBy]


class AudienceView(AudienceRow):
    """An audience. `stands_on` are the audiences its rule names, `used_by` what names it."""

    rule: Rule | None
    """Of a list: null."""
    built_version: int | None
    build: BuildView | None
    stands_on: list[Named]


class VersionView(Struct):
    """A version of a rule."""

    version: int
    rule: Rule
    by: Named | None
    at: datetime


class BuildStarted(Struct):
    """The build that was begun, or the one that is waiting or at work already."""

    run_id: int


class PeopleChange(Struct):
    """People to be put on a list, or taken off."""

    customer_ids: Ids


class PeopleChanged(Struct):
    """How many of those named came or went; others were there already, or are not known.

    `size` is null for who sees only some of the customers.
    """

    changed: int
    size: int | None


class NamedPeople(Struct):
    """Lines that each name a person to be put on a list; empty ones count for nothing.

    A line is a phone number, an external_userid, a unionid, an openid of whatever app, a member
    number, or `#` and siyu's own number of a customer.
    """

    lines: Lines


class NamedLine(Struct):
    """A line, by its number from 1."""

    line: int


class PeopleNamed(Struct):
    """What became of lines: how many people came, and how many were on the list already.

    `missing` are lines that name nobody the actor may see, `ambiguous` those that name several
    people, of whom none was added. `size` is null for who sees only some of the customers.
    """

    added: int
    known: int
    size: int | None
    missing: list[NamedLine]
    ambiguous: list[NamedLine]


class SamplePerson(Struct):
    """A person, as far as samples and lists of members show them."""

    id: int
    name: str
    avatar_url: str | None
    state: ListState
    staff: list[StaffRef]
    last_add_at: datetime | None


class RuleAsked(Struct):
    """A rule as it is being typed. `audience_id`: the audience it is to become."""

    rule: Rule
    audience_id: int | None = None


class Preview(Struct):
    """How many a rule fits, of those the reader may see, and some of them, latest added first.

    True as of `as_of`; what happened in the `lag_seconds` before now may still be missing.
    `ms` is how long the counting took.
    """

    count: int
    sample: list[SamplePerson]
    as_of: datetime
    lag_seconds: float
    ms: float


class WhyAsked(Struct):
    """A person, and a rule or the audience whose rule is meant."""

    customer_id: int
    rule: Rule | None = None
    audience_id: int | None = None


class Why(Struct):
    """Whether somebody fits, condition by condition, as of a moment."""

    member: bool
    why: Explained
    as_of: datetime


class AudienceOf(Struct):
    """An audience a customer is in."""

    id: int
    name: str
    kind: AudienceKind
    dynamic: bool


class UseView(Struct):
    """What an audience was used for. `excluded` counts by reason who was left out.

    Readers who see only some of the customers are told no counts: `size` is null, `excluded` empty.
    """

    id: int
    kind: UseKind
    purpose: str
    marketing: bool
    version: int
    size: int | None
    excluded: dict[str, int]
    as_of: datetime
    at: datetime
    by: Named | None
    ended_at: datetime | None


class AudienceThen(Struct):
    """An audience in the version it had then."""

    id: int
    name: str
    version: int


class UseDetail(UseView):
    """A use with the rule its people were chosen by, and the audiences that one named then."""

    audience_id: int
    audience: str
    rule: Rule
    stands_on: list[AudienceThen]


class ReachedCondition(Struct):
    """Whether a node of the rule held; paths as in the mistakes of a rule: `rule.items[0]`."""

    path: str
    held: bool


class WhyReached(Struct):
    """Why somebody was a recipient of a use, as of then.

    Without `conditions` they could not be kept: the analytics engine was out of reach.
    """

    use_id: int
    audience_id: int
    purpose: str
    version: int
    rule: Rule
    conditions: list[ReachedCondition]
    as_of: datetime
    at: datetime


class RfmCuts(Struct):
    """Four borders each, from low to high: days since the last payment, orders, fen."""

    recency_days: Cuts
    frequency: Cuts
    money_fen: Cuts


class RfmPlanDraft(Struct):
    """How scores are to be made; `cuts` are needed in mode `fixed`."""

    mode: RfmMode
    window_days: Annotated[int, Meta(ge=1, le=3650)] | None = 365
    cuts: RfmCuts | None = None
    enabled: bool = True
    hour: Annotated[int, Meta(ge=0, le=23)] = 4


class RfmVersionView(Struct):
    """Thresholds in force since `at`, as of `as_of`, made of so many buyers.

    Four borders each. Recency is 5, less one for each border that the last payment is at least as
    long ago as; frequency (orders) and money are 1, and one more for each border reached.
    """

    id: int
    mode: RfmMode
    window_days: int | None
    recency_seconds: list[int]
    frequency: list[int]
    money_fen: list[int]
    buyers: int
    as_of: datetime
    at: datetime


class RfmView(Struct):
    """The plan, the thresholds in force, and the latest run of the job that makes them."""

    plan: RfmPlanDraft
    version: RfmVersionView | None
    build: BuildView | None


class RfmCell(Struct):
    """Buyers of one recency and frequency score."""

    recency: int
    frequency: int
    people: int
    gmv_fen: int


class RfmMatrix(Struct):
    """Who has which scores, by the thresholds in force; cells without people are left out."""

    cells: list[RfmCell]
    as_of: datetime
    lag_seconds: float


class OptionOffered(Struct):
    """An option of a custom field."""

    id: int
    name: str


class FieldOffered(Struct):
    """A custom field as conditions ask it."""

    id: int
    name: str
    kind: FieldKind
    options: list[OptionOffered]


class Catalogue(Struct):
    """What conditions can be made of. `scored`: RFM has thresholds, so it can be asked."""

    attributes: list[Basic]
    behaviours: list[Doing]
    fields: list[FieldOffered]
    scored: bool


class Choice(Struct):
    """Something a condition can name; `group` is what it is listed under."""

    id: int
    name: str
    group: str | None = None
