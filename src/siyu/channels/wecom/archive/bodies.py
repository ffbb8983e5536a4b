"""What archived messages consist of, by type (doc 91774). Unknown fields stay in the message's raw.

Files are read by their `sdkfileid`, within five days.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

Items = tuple[dict[str, Any], ...]


class Body(msgspec.Struct, kw_only=True, frozen=True):
    """What a message consists of."""


class TextBody(Body, kw_only=True, frozen=True):
    """A text; of a quoted message the quotation stands in it. Also Markdown."""

    content: str = ""


class FileBody(Body, kw_only=True, frozen=True):
    """Something with a file: picture, voice, video, file, sticker, shared document.

    Sizes are in bytes, `play_length` in seconds, pictures in pixels. `type` of a sticker: 1 GIF,
    2 PNG.
    """

    sdkfileid: str = ""
    md5sum: str = ""
    filesize: int = 0
    voice_size: int = 0
    imagesize: int = 0
    play_length: int = 0
    filename: str = ""
    fileext: str = ""
    type: int = 0
    width: int = 0
    height: int = 0

    @property
    def size(self) -> int:
        """How many bytes the file has, under whatever name WeCom tells it."""
        return self.filesize or self.voice_size or self.imagesize


class RevokeBody(Body, kw_only=True, frozen=True):
    """A message was taken back."""

    pre_msgid: str = ""


class ConsentBody(Body, kw_only=True, frozen=True):
    """A customer agreed to being archived, or did not; times in milliseconds."""

    userid: str = ""
    agree_time: int = 0
    disagree_time: int = 0


class CardBody(Body, kw_only=True, frozen=True):
    """A business card."""

    corpname: str = ""
    userid: str = ""


class LocationBody(Body, kw_only=True, frozen=True):
    """A place."""

    longitude: float = 0.0
    latitude: float = 0.0
    address: str = ""
    title: str = ""
    zoom: int = 0


class LinkBody(Body, kw_only=True, frozen=True):
    """A link card."""

    title: str = ""
    description: str = ""
    link_url: str = ""
    image_url: str = ""


class MiniProgramBody(Body, kw_only=True, frozen=True):
    """A card of a mini program."""

    title: str = ""
    description: str = ""
    username: str = ""
    displayname: str = ""


class RecordBody(Body, kw_only=True, frozen=True):
    """Forwarded messages; each item's `content` is JSON of its own."""

    title: str = ""
    item: Items = ()


class MixedBody(Body, kw_only=True, frozen=True):
    """Texts and pictures in one; each item's `content` is JSON of its own."""

    item: Items = ()


class NewsBody(Body, kw_only=True, frozen=True):
    """Articles."""

    item: Items = ()


class TodoBody(Body, kw_only=True, frozen=True):
    """A task."""

    title: str = ""
    content: str = ""


class VoteBody(Body, kw_only=True, frozen=True):
    """A vote; `votetype` 101 asks, 102 answers."""

    votetitle: str = ""
    voteitem: tuple[str, ...] = ()
    votetype: int = 0
    voteid: str = ""


class CollectBody(Body, kw_only=True, frozen=True):
    """A form to fill in."""

    room_name: str = ""
    creator: str = ""
    create_time: str = ""
    title: str = ""
    details: Items = ()


class RedPacketBody(Body, kw_only=True, frozen=True):
    """A red packet; `totalamount` in fen."""

    type: int = 0
    wish: str = ""
    totalcnt: int = 0
    totalamount: int = 0


class MeetingBody(Body, kw_only=True, frozen=True):
    """A meeting, or the answer to one; `meetingtype` 101 invites, 102 answers with `status`."""

    topic: str = ""
    starttime: int = 0
    endtime: int = 0
    address: str = ""
    remarks: str = ""
    meetingtype: int = 0
    meetingid: str = ""
    status: int = 0


class MeetingNoticeBody(Body, kw_only=True, frozen=True):
    """A notice about a meeting."""

    meetingid: str = ""
    notification_type: int = 0
    content: str = ""


class DocumentBody(Body, kw_only=True, frozen=True):
    """An online document."""

    title: str = ""
    doc_creator: str = ""
    link_url: str = ""


class CalendarBody(Body, kw_only=True, frozen=True):
    """An appointment."""

    title: str = ""
    creatorname: str = ""
    attendeename: tuple[str, ...] = ()
    starttime: int = 0
    endtime: int = 0
    place: str = ""
    remarks: str = ""


class CallBody(Body, kw_only=True, frozen=True):
    """A recorded voice meeting with what was shown in it."""

    endtime: int = 0
    sdkfileid: str = ""
    demofiledata: Items = ()
    sharescreendata: Items = ()


class VideoChannelBody(Body, kw_only=True, frozen=True):
    """Something of a video channel; `feed_type` 2 picture, 4 video, 9 live."""

    feed_type: int = 0
    sph_name: str = ""
    feed_desc: str = ""


class CallNoteBody(Body, kw_only=True, frozen=True):
    """That there was a call; `invitetype` 1 video or 2 voice of two, 3 video or 4 voice of many."""

    callduration: int = 0
    invitetype: int = 0


class DiskFileBody(Body, kw_only=True, frozen=True):
    """A file on the corporation's disk."""

    filename: str = ""


BODIES: Final[Mapping[str, type[Body]]] = {
    "text": TextBody,
    "markdown": TextBody,
    **dict.fromkeys(("image", "voice", "video", "emotion", "file", "voip_doc_share"), FileBody),
    "revoke": RevokeBody,
    "agree": ConsentBody,
    "disagree": ConsentBody,
    "card": CardBody,
    "location": LocationBody,
    "link": LinkBody,
    "weapp": MiniProgramBody,
    "chatrecord": RecordBody,
    "mixed": MixedBody,
    "news": NewsBody,
    "todo": TodoBody,
    "vote": VoteBody,
    "collect": CollectBody,
    "redpacket": RedPacketBody,
    "external_redpacket": RedPacketBody,
    "meeting": MeetingBody,
    "meeting_notification": MeetingNoticeBody,
    "docmsg": DocumentBody,
    "calendar": CalendarBody,
    "meeting_voice_call": CallBody,
    "sphfeed": VideoChannelBody,
    "voiptext": CallNoteBody,
    "qydiskfile": DiskFileBody,
}
