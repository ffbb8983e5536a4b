"""Materials as they go over HTTP."""

from datetime import datetime
from typing import Annotated

import msgspec

Title = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Summary = Annotated[str, msgspec.Meta(max_length=120)]
Body = Annotated[str, msgspec.Meta(max_length=400_000)]
FileKey = Annotated[str, msgspec.Meta(max_length=80, pattern=r"^[0-9a-f]+\.[a-z0-9]+$")]
Topic = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
Topics = Annotated[list[Topic], msgspec.Meta(max_length=10)]


class MaterialDraft(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a planner writes. `body` is HTML and is cleaned before it is kept."""

    title: Title
    summary: Summary = ""
    cover_key: FileKey | None = None
    body: Body = ""
    topics: Topics = []


class MaterialSummary(msgspec.Struct, kw_only=True):
    """A material in a list."""

    id: int
    kind: str
    state: str
    slug: str
    title: str
    summary: str
    cover_url: str | None
    topics: list[str]
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None


class MaterialView(MaterialSummary, kw_only=True):
    """A material with its text; `url` is its page outside any share."""

    body: str
    cover_key: str | None
    url: str


class UploadedFile(msgspec.Struct, kw_only=True):
    """A picture that was stored."""

    key: str
    url: str
    content_type: str
    bytes: int
