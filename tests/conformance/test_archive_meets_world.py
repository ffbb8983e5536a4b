"""The message archive: what is said in the world comes out of it, opened with the right key."""

import hashlib
from typing import Any

import httpx
import pytest

from siyu.channels.wecom.archive.errors import ArchiveError
from siyu.channels.wecom.archive.keys import ArchiveKeys, KeyPair, new_key_pair
from siyu.channels.wecom.archive.messages import ArchivedMessage
from siyu.channels.wecom.archive.over_http import HttpArchive
from siyu.channels.wecom.archive.reader import Archive
from siyu.channels.wecom.endpoints import archive as rows
from siyu.channels.wecom.endpoints.archive import Consent
from siyu.channels.wecom.endpoints.content import FileAttachment, Media, Text
from siyu.channels.wecom.endpoints.mass_messages import AddMassMessageRequest
from siyu.channels.wecom.errors import WeComError
from siyu.channels.wecom.events import ArchiveApproved, ArchiveWaiting
from siyu.channels.wecom.verdicts import Advice
from tests.conformance.callbacks import listening
from tests.conformance.meeting import Meeting

DAY = 86_400


@pytest.fixture(scope="module")
def pairs() -> tuple[KeyPair, KeyPair]:
    return new_key_pair(), new_key_pair()


async def permit(met: Meeting, pair: KeyPair, *userids: str) -> int:
    """Let the archive keep what some accounts say, under a new key; returns its version."""
    await met.control("PUT", "archive/permitted", {"userids": dict.fromkeys(userids, 3)})
    return int((await met.control("PUT", "archive/key", {"pem": pair.public.decode()}))["version"])


async def adapter(met: Meeting) -> HttpArchive:
    secret = (await met.control("GET", "archive"))["secret"]
    return HttpArchive(met.http, met.base, met.client.app.corp_id, secret)


async def read(met: Meeting, keys: dict[int, bytes], seq: int = 0) -> list[ArchivedMessage]:
    archive = Archive(await adapter(met), ArchiveKeys(keys))
    return [o.message async for page in archive.pages(seq) for o in page if o.message is not None]


async def agree(met: Meeting, person: int, userid: str, *, agrees: bool = True) -> None:
    said = {"person": person, "userid": userid, "agree": agrees}
    await met.control("POST", "archive/consents", said)


async def talk(met: Meeting, person: int, userid: str, text: str) -> None:
    await met.control("POST", f"people/{person}/say", {"userid": userid, "text": text})
    await met.control("POST", f"staff/{userid}/send", {"person": person, "text": f"回:{text}"})


async def test_a_chat_is_kept_once_the_customer_agrees(
    met: Meeting, pairs: tuple[KeyPair, KeyPair]
) -> None:
    userid, other = (await met.client.follow_users())[:2]
    with pytest.raises(WeComError) as caught:
        await met.client.archive.permitted()
    assert caught.value.errcode == 301053
    version = await permit(met, pairs[0], userid)
    assert await met.client.archive.permitted() == (userid,)
    assert await met.client.archive.permitted(rows.OFFICE) == ()
    person, customer = await met.newcomer(userid, other)
    await talk(met, person, userid, "不留存")
    (said,) = await met.client.archive.agreements([(userid, customer)])
    assert (said.agree_status, said.status_change_time) == (Consent.DISAGREE, 0)
    async with listening(met) as listener:
        await agree(met, person, userid)
        approved: ArchiveApproved | None = None
        waiting: ArchiveWaiting | None = None
        while approved is None or waiting is None:  # in whatever order they come
            event = await listener.events.get()
            approved = event if isinstance(event, ArchiveApproved) else approved
            waiting = event if isinstance(event, ArchiveWaiting) else waiting
        assert (approved.user_id, approved.external_user_id) == (userid, customer)
        assert waiting.agent_id == "2000004"
    (said,) = await met.client.archive.agreements([(userid, customer)])
    assert (said.userid, said.agree_status) == (userid, Consent.AGREE)
    assert said.status_change_time > 0
    await talk(met, person, userid, "你好")
    await talk(met, person, other, "没有授权的员工")
    consent, asked, answered = await read(met, {version: pairs[0].private})
    assert (consent.msgtype, consent.sender) == ("agree", customer)
    assert (asked.sender, asked.tolist, asked.content) == (customer, (userid,), {"content": "你好"})
    assert (answered.sender, answered.tolist) == (userid, (customer,))
    assert asked.external
    assert asked.action == "send"
    await agree(met, person, userid, agrees=False)
    await talk(met, person, userid, "不再留存")
    kept = await read(met, {version: pairs[0].private})
    assert [message.msgtype for message in kept] == ["agree", "text", "text", "disagree"]
    await met.switch(archive_default_agree=True)
    _, newer = await met.newcomer(userid)
    (said,) = await met.client.archive.agreements([(userid, newer)])
    assert said.agree_status == Consent.DEFAULT
    with pytest.raises(WeComError) as caught:
        await met.client.archive.agreements([(userid, "wmNobody")])
    assert caught.value.errcode == 301061


async def test_old_messages_stay_readable_after_a_change_of_keys(
    met: Meeting, pairs: tuple[KeyPair, KeyPair]
) -> None:
    await met.switch(archive_default_agree=True)
    userid = (await met.client.follow_users())[0]
    person, _ = await met.newcomer(userid)
    old = await permit(met, pairs[0], userid)
    await talk(met, person, userid, "旧")
    new = await permit(met, pairs[1], userid)
    await talk(met, person, userid, "新")
    both = {old: pairs[0].private, new: pairs[1].private}
    texts = [message.content["content"] for message in await read(met, both)]
    assert texts == ["旧", "回:旧", "新", "回:新"]

    # who lost the old key learns which version is missing, and reads on
    archive = Archive(await adapter(met), ArchiveKeys({new: pairs[1].private}))
    (page,) = [page async for page in archive.pages()]
    assert [opened.failure.code for opened in page if opened.failure] == [10007, 10007]
    assert [opened.message is not None for opened in page] == [False, False, True, True]
    wrong = Archive(await adapter(met), ArchiveKeys({old: pairs[1].private}))
    (page,) = [page async for page in wrong.pages()]
    assert {opened.failure.code for opened in page[:2] if opened.failure} <= {10006, 10008}
    assert all(opened.message is None for opened in page)

    # pages resume behind the last sequence number; after five days nothing is left
    kept = (await met.control("GET", "archive/messages"))["items"]
    assert [sealed["publickey_ver"] for sealed in kept] == [new, new, old, old]
    small = [page async for page in archive.pages(limit=3)]
    assert [len(page) for page in small] == [3, 1]
    assert len(await read(met, both, seq=small[0][-1].seq)) == 1
    await met.advance(5 * DAY + 1)
    assert await read(met, both) == []


async def test_files_come_in_chunks(met: Meeting, pairs: tuple[KeyPair, KeyPair]) -> None:
    await met.switch(archive_default_agree=True, mass_dispatch_seconds=0)
    userid = (await met.client.follow_users())[0]
    _, customer = await met.newcomer(userid)
    version = await permit(met, pairs[0], userid)
    content = bytes(range(256)) * 3072  # two chunks
    media = await met.client.upload_media("file", "手册.pdf", content)
    message = AddMassMessageRequest(
        external_userid=[customer],
        sender=userid,
        text=Text(content="请看"),
        attachments=[FileAttachment(file=Media(media_id=media.media_id))],
    )
    msgid = (await met.client.mass_messages.create(message)).msgid
    await met.control("POST", f"staff/{userid}/mass-tasks/{msgid}/send", {"receivers": None})
    file = (await read(met, {version: pairs[0].private}))[-1]
    assert (file.msgtype, file.content["fileext"]) == ("file", "pdf")
    archive = Archive(await adapter(met), ArchiveKeys({}))
    chunks = [chunk async for chunk in archive.media(file.content["sdkfileid"])]
    assert [len(chunk) for chunk in chunks] == [512 * 1024, 256 * 1024]
    assert b"".join(chunks) == content
    assert hashlib.md5(b"".join(chunks)).hexdigest() == file.content["md5sum"]  # noqa: S324

    async def code_of(sdkfileid: str) -> int:
        with pytest.raises(ArchiveError) as caught:
            await anext(archive.media(sdkfileid))
        return caught.value.code

    assert await code_of("nothing") == 10005
    await met.advance(5 * DAY + 1)
    assert await code_of(file.content["sdkfileid"]) == 10010


async def test_groups_keep_what_who_agreed_says(
    met: Meeting, pairs: tuple[KeyPair, KeyPair]
) -> None:
    userid, other = (await met.client.follow_users())[:2]
    version = await permit(met, pairs[0], userid)
    agreed, one = await met.newcomer(userid)
    silent, two = await met.newcomer(userid)
    await agree(met, agreed, userid)
    members = [f"p-{agreed}", f"p-{silent}", f"s-{other}"]
    group = await met.control("POST", "groups", {"userid": userid, "invited": members})
    chat_id = group["chat_id"]
    for who in members:
        await met.control("POST", f"groups/{chat_id}/say", {"who": who, "text": who})
    statuses = {
        said.exteranalopenid: said.agree_status
        for said in await met.client.archive.room_agreements(chat_id)
    }
    assert statuses == {one: Consent.AGREE, two: Consent.DISAGREE}
    kept = [m for m in await read(met, {version: pairs[0].private}) if m.roomid == chat_id]
    assert [message.sender for message in kept] == [one, other]
    assert set(kept[0].tolist) == {userid, two, other}

    messages = (await met.control("GET", f"groups/{chat_id}/messages"))["items"]
    said_by_one = next(m for m in messages if m["sender"] == f"p-{agreed}")
    await met.control("POST", "archive/recall", {"message": said_by_one["id"]})
    last = (await read(met, {version: pairs[0].private}))[-1]
    assert (last.action, last.msgtype, last.recalled) == ("recall", "revoke", kept[0].msgid)
    with pytest.raises(WeComError) as caught:
        await met.client.archive.room(chat_id)
    assert caught.value.errcode == 301059


async def test_internal_groups_and_robots(met: Meeting, pairs: tuple[KeyPair, KeyPair]) -> None:
    userid, other = (await met.client.follow_users())[:2]
    version = await permit(met, pairs[0], userid)
    made = {"name": "门店群", "creator": userid, "members": [other]}
    roomid = (await met.control("POST", "archive/rooms", made))["roomid"]
    said = {"userid": other, "text": "早会"}
    await met.control("POST", f"archive/rooms/{roomid}/say", said)
    room = await met.client.archive.room(roomid)
    assert (room.roomname, room.creator) == ("门店群", userid)
    assert {member.memberid for member in room.members} == {userid, other}
    (message,) = await read(met, {version: pairs[0].private})
    assert (message.roomid, message.sender, message.external) == (roomid, other, False)
    robot = await met.control("POST", "archive/robots", {"name": "播报", "creator": userid})
    known = await met.client.archive.robot(robot["robot_id"])
    assert (known.name, known.creator_userid) == ("播报", userid)


async def test_the_archive_tells_at_most_every_fifteen_seconds(
    met: Meeting, pairs: tuple[KeyPair, KeyPair]
) -> None:
    await met.switch(archive_default_agree=True)
    userid = (await met.client.follow_users())[0]
    person, _ = await met.newcomer(userid)
    await permit(met, pairs[0], userid)
    async with listening(met) as listener:
        await talk(met, person, userid, "一")
        first = await listener.next(ArchiveWaiting)
        await talk(met, person, userid, "二")
        await met.advance(15)
        second = first
        while second.created == first.created:  # a slow answer is asked for again
            second = await listener.next(ArchiveWaiting)
    assert (second.occurred_at - first.occurred_at).total_seconds() >= 14


async def test_refusals_say_what_to_do(met: Meeting, pairs: tuple[KeyPair, KeyPair]) -> None:
    async def refused(adapter: HttpArchive, *asked: Any) -> ArchiveError:
        with pytest.raises(ArchiveError) as caught:
            await adapter.pull(*asked)
        return caught.value

    corp_id = met.client.app.corp_id
    error = await refused(HttpArchive(met.http, met.base, corp_id, "wrong"), 0, 10)
    assert (error.code, error.advice) == (10000, Advice.ASK_ADMIN)
    assert error.permission is not None
    assert error.permission.key == "archive"
    assert (await refused(await adapter(met), 0, 1001)).code == 10000
    async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(retries=0)) as http:
        nowhere = HttpArchive(http, "http://127.0.0.1:9", corp_id, "wrong")
        error = await refused(nowhere, 0, 10)
    assert (error.code, error.advice) == (10001, Advice.RETRY)
    assert "PEM" in await met.refused("PUT", "archive/key", {"pem": "no key"})
