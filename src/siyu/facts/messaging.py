"""Facts about what is sent."""

from typing import ClassVar

from siyu.facts.base import Fact


class TouchCreated(Fact, frozen=True, kw_only=True):
    """A touch left siyu: a welcome, a share; its id (in the event) travels in its links."""

    type: ClassVar[str] = "touch.created"
    title: ClassVar[str] = "触达"

    kind: str
    channel_id: int | None = None
    material_id: int | None = None


class WelcomeSent(Fact, frozen=True, kw_only=True):
    """WeCom accepted the welcome; `seconds` passed since the customer was added."""

    type: ClassVar[str] = "welcome.sent"
    title: ClassVar[str] = "欢迎语已发送"

    live_code_id: int | None = None
    seconds: float


class WelcomeGivenUp(Fact, frozen=True, kw_only=True):
    """The welcome could not be sent; `reason` is a stable code."""

    type: ClassVar[str] = "welcome.given_up"
    title: ClassVar[str] = "欢迎语未发送"

    live_code_id: int | None = None
    reason: str
    errcode: int | None = None
