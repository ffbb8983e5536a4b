"""Moments: what the corporation or a staff member made, who publishes it, and who reacts."""

from collections import defaultdict
from typing import Any

import msgspec

from siyu.sandbox.store.journal import Journal
from siyu.sandbox.store.shelf import Shelf

LIKE, COMMENT = "like", "comment"


class Moment(msgspec.Struct, kw_only=True):
    """A Moment. ``creator`` is a staff account for a personal one, else empty.

    ``images`` and ``video`` are media ids, ``link`` has title, url and media_id. ``public``: for
    all customers of whoever publishes. It exists from ``ready`` on.
    """

    moment_id: str
    created: float
    ready: float
    creator: str = ""
    text: str = ""
    images: list[str] = []
    video: str = ""
    link: dict[str, str] = {}
    location: dict[str, Any] = {}
    public: bool = True
    cancelled: bool = False


class Reaction(msgspec.Struct):
    """A like or comment by a person or staff account; the text is shown to people only."""

    kind: str
    who: str
    at: float
    text: str = ""


class Post(msgspec.Struct, kw_only=True):
    """One staff account's part in a Moment: a task until ``published``, then a post.

    ``chosen`` are the persons it is meant for, ``shown`` those who can see it.
    """

    moment_id: str
    userid: str
    chosen: list[int]
    published: float | None = None
    ignored: bool = False
    shown: list[int] = []
    reactions: list[Reaction] = []


class MomentJob(msgspec.Struct, kw_only=True):
    """The making of a Moment; ``result`` is told once the Moment is ready."""

    jobid: str
    created: float
    ready: float
    result: dict[str, Any]


class MomentBook:
    """All Moments with their posts, and which were shown to whom."""

    def __init__(self, journal: Journal) -> None:
        self.moments = Shelf("moments", Moment, lambda m: m.moment_id, journal)
        self.posts = Shelf("moment_posts", Post, lambda p: f"{p.moment_id}:{p.userid}", journal)
        self.jobs = Shelf("moment_jobs", MomentJob, lambda j: j.jobid, journal)
        self.shelves: tuple[Shelf[Any], ...] = (self.moments, self.posts, self.jobs)
        self.of_moment: dict[str, list[Post]] = defaultdict(list)
        self.of_staff: dict[str, list[Post]] = defaultdict(list)
        self.seen_by: dict[int, list[Post]] = defaultdict(list)

    def index(self) -> None:
        """Find out anew who has what, after the shelves were loaded."""
        for post in self.posts:
            self._index(post)
            for person in post.shown:
                self.seen_by[person].append(post)

    def post(self, moment_id: str, userid: str) -> Post | None:
        """Return a staff account's part in a Moment."""
        return self.posts.get(f"{moment_id}:{userid}")

    def add(self, post: Post) -> Post:
        """Give a staff account a Moment to publish."""
        self._index(self.posts.save(post))
        return post

    def show(self, post: Post, people: list[int]) -> None:
        """Let people see a post; it is saved by the caller."""
        post.shown = people
        for person in people:
            self.seen_by[person].append(post)

    def _index(self, post: Post) -> None:
        self.of_moment[post.moment_id].append(post)
        self.of_staff[post.userid].append(post)
