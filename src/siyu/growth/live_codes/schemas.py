"""What of live codes goes over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

CodeState = Literal["creating", "active", "failed", "deleting", "removed"]


class WelcomeLink(Struct, forbid_unknown_fields=True, tag_field="kind", tag="link", frozen=True):
    """A link card; the welcome's touch is added to its address when it is sent."""

    title: Annotated[str, Meta(min_length=1, max_length=64)]
    url: Annotated[str, Meta(min_length=1, max_length=1800, pattern=r"^https?://[^\s]+$")]
    description: Annotated[str, Meta(max_length=200)] = ""


class WelcomeArticle(
    Struct, forbid_unknown_fields=True, tag_field="kind", tag="article", frozen=True
):
    """An own article; its card is drawn from the article as it is when the welcome is sent.

    An article that is no longer published then is left out.
    """

    material_id: int


class WelcomeImage(Struct, forbid_unknown_fields=True, tag_field="kind", tag="image", frozen=True):
    """A picture among siyu's files; uploaded to WeCom ahead of time."""

    file_id: Annotated[str, Meta(min_length=1, max_length=80)]


class Welcome(Struct, forbid_unknown_fields=True, frozen=True):
    """What a new customer is sent: at most 4,000 bytes of text and nine attachments.

    `{客户昵称}` in the text becomes the customer's nickname.
    """

    text: Annotated[str, Meta(max_length=4000)] = ""
    attachments: Annotated[
        list[WelcomeLink | WelcomeArticle | WelcomeImage], Meta(max_length=9)
    ] = field(default_factory=list)


class LiveCodeWrite(Struct, forbid_unknown_fields=True):
    """A live code as the planner wants it."""

    name: Annotated[str, Meta(min_length=1, max_length=40)]
    channel_id: int
    staff_account_ids: Annotated[list[int], Meta(min_length=1, max_length=100)]
    tag_ids: Annotated[list[int], Meta(max_length=20)] = field(default_factory=list)
    welcome: Welcome = field(default_factory=Welcome)
    skip_verify: bool = True


class Named(Struct):
    """Something with a number and a name."""

    id: int
    name: str


class StaffRef(Struct):
    """A staff account."""

    id: int
    name: str
    avatar_url: str | None


class TagRef(Struct):
    """A tag and its group."""

    id: int
    name: str
    group: str | None


class LiveCodeView(Struct):
    """A live code and its figures.

    `problem` says why it could not be made or changed in WeCom. `orders` and `gmv_fen` are null
    where the shop's orders are not connected.
    """

    id: int
    name: str
    state: CodeState
    problem: str | None
    channel: Named
    staff: list[StaffRef]
    tags: list[TagRef]
    welcome: Welcome
    skip_verify: bool
    has_picture: bool
    created_at: datetime
    friends_ever: int | None
    """Friendships that ever began through it, null while the engine cannot say; so the next two.

    `still_friends` are the persons who are friends by one of them now.
    """
    still_friends: int | None
    lost_first_day: int | None
    orders: int | None
    gmv_fen: int | None
