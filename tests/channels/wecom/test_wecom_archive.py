"""The archive's reader, keys and messages, against an archive of the test's own."""

import base64
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from siyu.channels.wecom.archive import bodies
from siyu.channels.wecom.archive.adapter import ArchiveAdapter, MediaChunk, SealedMessage
from siyu.channels.wecom.archive.errors import ArchiveError
from siyu.channels.wecom.archive.keys import ArchiveKeys, KeyPair, new_key_pair
from siyu.channels.wecom.archive.messages import ArchivedMessage, message_of
from siyu.channels.wecom.archive.over_http import HttpArchive
from siyu.channels.wecom.archive.reader import Archive
from siyu.channels.wecom.verdicts import Advice
from siyu.core.http import http_client

TEXT = {"msgid": "1_external", "action": "send", "from": "wm1", "tolist": ["lisi"], "roomid": ""}


@pytest.fixture(scope="module")
def pair() -> KeyPair:
    return new_key_pair()


def seal(pair: KeyPair, seq: int, plain: bytes, version: int = 1) -> SealedMessage:
    """Seal as the simulated world does, written down a second time."""
    public = serialization.load_pem_public_key(pair.public)
    assert isinstance(public, rsa.RSAPublicKey)
    nonce = os.urandom(12)
    sealed = AESGCM(hashlib.sha256(b"secret").digest()).encrypt(nonce, plain, None)
    return SealedMessage(
        seq=seq,
        msgid=str(seq),
        publickey_ver=version,
        encrypt_random_key=base64.b64encode(public.encrypt(b"secret", padding.PKCS1v15())).decode(),
        encrypt_chat_msg=base64.b64encode(nonce + sealed).decode(),
    )


@dataclass
class Played:
    """An archive that answers what it is told, with failures in between."""

    cipher: HttpArchive
    messages: Sequence[SealedMessage] = ()
    failures: list[int] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)

    async def pull(self, seq: int, limit: int) -> Sequence[SealedMessage]:
        self.asked.append(seq)
        self._fail()
        return [message for message in self.messages if message.seq > seq][:limit]

    async def decrypt(self, encrypt_key: str, encrypt_chat_msg: str) -> bytes:
        return await self.cipher.decrypt(encrypt_key, encrypt_chat_msg)

    async def media(self, sdkfileid: str, indexbuf: str) -> MediaChunk:
        self._fail()
        start = int(indexbuf or 0)
        return MediaChunk(sdkfileid[start : start + 2].encode(), str(start + 2), start >= 2)

    def _fail(self) -> None:
        if self.failures:
            raise ArchiveError(self.failures.pop(0), "played")


@pytest.fixture
async def played() -> Any:
    async with http_client() as http:
        yield Played(HttpArchive(http, "http://127.0.0.1:9", "ww1", "secret"))


def archive_of(adapter: ArchiveAdapter, keys: dict[int, bytes]) -> tuple[Archive, list[float]]:
    """A reader whose pauses are noted and take no time."""
    naps: list[float] = []

    async def nap(seconds: float) -> None:
        naps.append(seconds)

    return Archive(adapter, ArchiveKeys(keys), sleep=nap), naps


async def test_one_message_that_does_not_open_stops_nothing(played: Played, pair: KeyPair) -> None:
    plain = msgspec.json.encode({**TEXT, "msgtype": "text", "text": {"content": "你好"}})
    broken = msgspec.structs.replace(seal(pair, 2, plain), encrypt_chat_msg="not base64")
    odd = msgspec.structs.replace(seal(pair, 3, plain), encrypt_random_key="AAAA")
    played.messages = [
        seal(pair, 1, plain), broken, odd, seal(pair, 4, b"[1]"), seal(pair, 5, plain, version=7),
        seal(pair, 6, plain),
    ]  # fmt: skip
    archive, _ = archive_of(played, {1: pair.private})
    pages = [page async for page in archive.pages(limit=4)]
    assert [len(page) for page in pages] == [4, 2]
    codes = [opened.failure.code if opened.failure else 0 for page in pages for opened in page]
    assert codes == [0, 10006, 10008, 10002, 10007, 0]
    assert pages[0][0].message is not None
    assert pages[0][0].message.body == bodies.TextBody(content="你好")
    assert played.asked == [0, 4]


@pytest.mark.parametrize("code", [10001, 10002, 10003])
async def test_what_may_be_tried_again_is(played: Played, pair: KeyPair, code: int) -> None:
    archive, naps = archive_of(played, {1: pair.private})
    played.failures = [code, code]
    assert [page async for page in archive.pages(3)] == []
    assert (played.asked, naps) == ([3, 3, 3], [0.5, 1.0])
    played.failures = [code] * 3
    with pytest.raises(ArchiveError) as caught:
        await anext(archive.pages(3))
    assert (caught.value.code, caught.value.advice) == (code, Advice.RETRY)


async def test_nothing_else_is_tried_again(played: Played, pair: KeyPair) -> None:
    archive, _ = archive_of(played, {1: pair.private})
    for code in (10000, *range(10004, 10012), 10999):
        played.asked, played.failures = [], [code]
        with pytest.raises(ArchiveError) as caught:
            await anext(archive.pages())
        assert len(played.asked) == 1
        assert str(code) in caught.value.sentence
        assert (caught.value.permission is not None) == (caught.value.advice is Advice.ASK_ADMIN)


async def test_a_file_goes_on_where_it_broke(played: Played) -> None:
    archive, _ = archive_of(played, {})
    played.failures = [10001]
    assert b"".join([chunk async for chunk in archive.media("abcd")]) == b"abcd"


def test_what_is_no_key_is_refused() -> None:
    for pem in (b"", b"no key", new_key_pair().public):
        with pytest.raises(ArchiveError) as caught:
            ArchiveKeys({1: pem})
        assert caught.value.code == 10004


# what each type was seen to hold, in shapes of our own making
SHAPES: list[tuple[str, str, dict[str, Any], bodies.Body]] = [
    ("markdown", "info", {"content": "**好**"}, bodies.TextBody(content="**好**")),
    ("image", "image", {"sdkfileid": "C1", "filesize": "12"},
     bodies.FileBody(sdkfileid="C1", filesize=12)),
    ("voice", "voice", {"sdkfileid": "C1", "voice_size": 9, "play_length": 3},
     bodies.FileBody(sdkfileid="C1", voice_size=9, play_length=3)),
    ("emotion", "emotion", {"type": 1, "imagesize": 7, "sdkfileid": "C1"},
     bodies.FileBody(type=1, imagesize=7, sdkfileid="C1")),
    ("file", "file", {"filename": "a.docx", "fileext": "docx", "filesize": 11101571002822706744},
     bodies.FileBody(filename="a.docx", fileext="docx", filesize=11101571002822706744)),
    ("voip_doc_share", "voip_doc_share", {"filename": "a.pdf"}, bodies.FileBody(filename="a.pdf")),
    ("disagree", "disagree", {"userid": "wm1", "disagree_time": 5},
     bodies.ConsentBody(userid="wm1", disagree_time=5)),
    ("card", "card", {"corpname": "微信联系人", "userid": "wm2"},
     bodies.CardBody(corpname="微信联系人", userid="wm2")),
    ("location", "location", {"longitude": "116.5", "latitude": 39, "zoom": 15},
     bodies.LocationBody(longitude=116.5, latitude=39.0, zoom=15)),
    ("link", "link", {"title": "t", "link_url": "https://e"},
     bodies.LinkBody(title="t", link_url="https://e")),
    ("weapp", "weapp", {"username": "x@app"}, bodies.MiniProgramBody(username="x@app")),
    ("chatrecord", "chatrecord", {"title": "群聊", "item": [{"type": "ChatRecordText"}]},
     bodies.RecordBody(title="群聊", item=({"type": "ChatRecordText"},))),
    ("mixed", "mixed", {"item": None}, bodies.MixedBody()),
    ("news", "info", {"item": [{"title": "t"}]}, bodies.NewsBody(item=({"title": "t"},))),
    ("todo", "todo", {"title": "t", "content": "c"}, bodies.TodoBody(title="t", content="c")),
    ("vote", "vote", {"votetitle": "t", "voteitem": ["A", "B"], "votetype": 101},
     bodies.VoteBody(votetitle="t", voteitem=("A", "B"), votetype=101)),
    ("collect", "collect", {"title": "t", "details": [{"id": 1}]},
     bodies.CollectBody(title="t", details=({"id": 1},))),
    ("external_redpacket", "redpacket", {"wish": "发财", "totalamount": 20},
     bodies.RedPacketBody(wish="发财", totalamount=20)),
    ("meeting", "meeting", {"topic": "夕会", "meetingid": 1210342560, "status": 1},
     bodies.MeetingBody(topic="夕会", meetingid="1210342560", status=1)),
    ("meeting_notification", "meeting_notification", {"content": "c"},
     bodies.MeetingNoticeBody(content="c")),
    ("docmsg", "doc", {"title": "t", "doc_creator": "lisi"},
     bodies.DocumentBody(title="t", doc_creator="lisi")),
    ("calendar", "calendar", {"title": "t", "attendeename": ["a"]},
     bodies.CalendarBody(title="t", attendeename=("a",))),
    ("meeting_voice_call", "meeting_voice_call", {"endtime": 9, "sdkfileid": "C"},
     bodies.CallBody(endtime=9, sdkfileid="C")),
    ("sphfeed", "sphfeed", {"feed_type": 4, "sph_name": "n"},
     bodies.VideoChannelBody(feed_type=4, sph_name="n")),
    ("voiptext", "info", {}, bodies.CallNoteBody()),
    ("qydiskfile", "info", {"filename": "a"}, bodies.DiskFileBody(filename="a")),
]  # fmt: skip


@pytest.mark.parametrize(("msgtype", "place", "data", "body"), SHAPES)
def test_messages_of_every_type(
    msgtype: str, place: str, data: dict[str, Any], body: bodies.Body
) -> None:
    plain = {**TEXT, "msgtype": msgtype, "msgtime": 1603875615723, place: data, "new": 1}
    message = message_of(msgspec.json.encode(plain))
    assert message.body == body
    assert message.raw == plain
    assert (message.external, message.at.year) == (True, 2020)


def test_messages_without_a_type_of_their_own() -> None:
    switched = {"msgid": "1", "action": "switch", "time": 1554119421840, "user": "lisi"}
    message = message_of(msgspec.json.encode(switched))
    assert (message.action, message.user, message.at.year) == ("switch", "lisi", 2019)
    assert (message.body, message.content, message.recalled) == (None, {}, "")
    unknown = {**TEXT, "msgtype": "hologram", "hologram": {"depth": 3}}
    message = message_of(msgspec.json.encode(unknown))
    assert (message.body, message.content) == (None, {"depth": 3})
    recalled = {**TEXT, "action": "recall", "msgtype": "revoke", "revoke": {"pre_msgid": 14}}
    assert message_of(msgspec.json.encode(recalled)).recalled == "14"
    assert set(bodies.BODIES) >= {msgtype for msgtype, *_ in SHAPES}


values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 2**63), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["item", "x"]), inner)
    ),
)


@given(data=st.dictionaries(
    st.sampled_from(["msgid", "from", "tolist", "msgtime", "text", "image", "meeting", "mixed"]),
    values,
), msgtype=st.sampled_from(sorted(bodies.BODIES)))  # fmt: skip
def test_whatever_comes_is_kept(data: dict[str, Any], msgtype: str) -> None:
    plain = {**data, "msgtype": msgtype}
    message = message_of(msgspec.json.encode(plain))
    assert isinstance(message, ArchivedMessage)
    assert message.raw == plain
    assert isinstance(message.body, bodies.Body)
    assert message.at.year >= 1970
