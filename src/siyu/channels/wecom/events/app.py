"""What staff do with the application: messages, menus, cards (接收消息与事件; doc 90239, 90240)."""

from typing import Any

import msgspec

from siyu.channels.wecom.events.envelope import CallbackEvent, listed


class AppEvent(CallbackEvent, frozen=True, kw_only=True):
    """What every event of the application says: who, in which application."""

    user_id: str = msgspec.field(name="FromUserName", default="")
    agent_id: str = msgspec.field(name="AgentID", default="")


class Message(AppEvent, frozen=True, kw_only=True):
    """A message to the application; fields are empty where its type has none."""

    type: str = msgspec.field(name="MsgType", default="")
    content: str = msgspec.field(name="Content", default="")
    media_id: str = msgspec.field(name="MediaId", default="")
    thumb_media_id: str = msgspec.field(name="ThumbMediaId", default="")
    picture_url: str = msgspec.field(name="PicUrl", default="")
    format: str = msgspec.field(name="Format", default="")
    latitude: float = msgspec.field(name="Location_X", default=0.0)
    longitude: float = msgspec.field(name="Location_Y", default=0.0)
    scale: int = msgspec.field(name="Scale", default=0)
    label: str = msgspec.field(name="Label", default="")
    title: str = msgspec.field(name="Title", default="")
    description: str = msgspec.field(name="Description", default="")
    url: str = msgspec.field(name="Url", default="")


class AppSubscribed(AppEvent, frozen=True, kw_only=True):
    """A staff account came into the visible range, or joined."""


class AppUnsubscribed(AppEvent, frozen=True, kw_only=True):
    """A staff account left the visible range, or the corporation."""


class AppOpened(AppEvent, frozen=True, kw_only=True):
    """A staff account opened the application."""


class MenuUsed(AppEvent, frozen=True, kw_only=True):
    """A menu entry was used. `key` is its key, or the address that it opens.

    `scan`, `pictures` and `place` hold what the entry gathered: a scanned code, photos, a place.
    """

    key: str = msgspec.field(name="EventKey", default="")
    scan: dict[str, Any] = msgspec.field(name="ScanCodeInfo", default_factory=dict)
    pictures: dict[str, Any] = msgspec.field(name="SendPicsInfo", default_factory=dict)
    place: dict[str, Any] = msgspec.field(name="SendLocationInfo", default_factory=dict)


class LocationReported(AppEvent, frozen=True, kw_only=True):
    """Where a staff account is; `precision` in metres."""

    latitude: float = msgspec.field(name="Latitude", default=0.0)
    longitude: float = msgspec.field(name="Longitude", default=0.0)
    precision: float = msgspec.field(name="Precision", default=0.0)


class CardUsed(AppEvent, frozen=True, kw_only=True):
    """A button, choice or menu of a template card was used.

    `response_code` updates the card once, for 72 hours.
    """

    key: str = msgspec.field(name="EventKey", default="")
    task_id: str = msgspec.field(name="TaskId", default="")
    card_type: str = msgspec.field(name="CardType", default="")
    response_code: str = msgspec.field(name="ResponseCode", default="")

    @property
    def answers(self) -> dict[str, tuple[str, ...]]:
        """The chosen options, by the key of the question."""
        chosen = listed(self.raw.get("SelectedItems"), "SelectedItem")
        return {
            str(one.get("QuestionKey", "")): listed(one.get("OptionIds"), "OptionId")
            for one in chosen
            if isinstance(one, dict)
        }
