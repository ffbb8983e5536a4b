"""What of channels goes over HTTP."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

ChannelKind = Literal["parcel_card", "store", "poster", "online", "other"]
Name = Annotated[str, Meta(min_length=1, max_length=40)]
Note = Annotated[str, Meta(max_length=200)]
Count = Annotated[int, Meta(ge=1, le=100_000_000)]
Fen = Annotated[int, Meta(ge=0, le=100_000_000_000)]


class NewChannel(Struct, forbid_unknown_fields=True):
    """A channel to be made."""

    name: Name
    kind: ChannelKind = "other"
    note: Note = ""


class ChannelChange(Struct, forbid_unknown_fields=True):
    """What is to change of a channel."""

    name: Name | UnsetType = UNSET
    kind: ChannelKind | UnsetType = UNSET
    note: Note | UnsetType = UNSET


class Exposure(Struct, forbid_unknown_fields=True):
    """How often a channel was shown, as only the planner knows, and what that cost."""

    count: Count
    source: Annotated[str, Meta(min_length=1, max_length=40)] = "printed"
    cost_fen: Fen = 0


class ChannelName(Struct):
    """A channel to choose."""

    id: int
    name: str


class ChannelNames(Struct):
    """All channels to choose from."""

    items: list[ChannelName]


class ChannelView(Struct):
    """A channel and its figures.

    `friends_ever` counts friendships that ever began through it, `still_friends` the persons
    who are friends by one now; these and `lost_first_day` are null while the engine cannot say.
    `exposed` is null while nobody entered any; `orders` and `gmv_fen` are null where the shop's
    orders are not connected.
    """

    id: int
    name: str
    kind: ChannelKind
    note: str
    exposed: int | None
    cost_fen: int | None
    friends_ever: int | None
    still_friends: int | None
    lost_first_day: int | None
    orders: int | None
    gmv_fen: int | None
