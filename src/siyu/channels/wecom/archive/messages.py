"""Messages of the archive in the clear: typed where a type is known, whole in `raw` always."""

from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from siyu.channels.wecom.archive.bodies import BODIES, Body
from siyu.channels.wecom.archive.errors import UNREADABLE, ArchiveError
from siyu.channels.wecom.lenient import read

SEND: Final = "send"
RECALL: Final = "recall"
SWITCH: Final = "switch"

_LATEST: Final = 253_402_300_799  # the last second of the year 9999
_EXTERNAL: Final = "_external"
# where the content does not stand under the name of its type
_PLACES: Final = {
    "docmsg": "doc",
    "markdown": "info",
    "news": "info",
    "external_redpacket": "redpacket",
    "qydiskfile": "info",
}


class ArchivedMessage(msgspec.Struct, kw_only=True, frozen=True):
    """Something that was said. Ids are userids, or external_userids (`wm…`, `wo…`), or robots.

    `roomid` is empty in a chat of two. `msgtime` is in milliseconds. A `SWITCH` says only that
    `user` changed to another corporation at `time`.
    """

    msgid: str = ""
    action: str = ""
    sender: str = msgspec.field(name="from", default="")
    tolist: tuple[str, ...] = ()
    roomid: str = ""
    msgtime: int = 0
    msgtype: str = ""
    time: int = 0
    user: str = ""
    raw: dict[str, Any] = msgspec.field(default_factory=dict)

    @property
    def at(self) -> datetime:
        """When it was said; for `SWITCH`, when it happened."""
        return datetime.fromtimestamp(min(max(self.msgtime or self.time, 0) / 1000, _LATEST), UTC)

    @property
    def external(self) -> bool:
        """Whether someone outside the corporation was there."""
        return self.msgid.endswith(_EXTERNAL)

    @property
    def content(self) -> dict[str, Any]:
        """What it consists of, as it came; empty where there is nothing."""
        for place in (self.msgtype, _PLACES.get(self.msgtype, "")):
            if isinstance(body := self.raw.get(place), dict):
                return body
        return {}

    @property
    def body(self) -> Body | None:
        """What it consists of, typed (see `siyu.channels.wecom.archive.bodies`); None: unknown."""
        kind = BODIES.get(self.msgtype)
        return read(self.content, kind) if kind is not None else None

    @property
    def recalled(self) -> str:
        """The message that this one takes back, or nothing."""
        revoke = self.raw.get("revoke")
        return str(revoke.get("pre_msgid") or "") if isinstance(revoke, dict) else ""


def message_of(plain: bytes) -> ArchivedMessage:
    """Return the message that a decrypted text says; 10002 when it says none."""
    try:
        raw = msgspec.json.decode(plain)
        if isinstance(raw, dict):
            return read({**raw, "raw": raw}, ArchivedMessage)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ArchiveError(UNREADABLE, "archived message") from error
    raise ArchiveError(UNREADABLE, "archived message", "not an object")
