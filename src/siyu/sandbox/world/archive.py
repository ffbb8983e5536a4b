"""What goes into the message archive, and how it is sealed (docs 91774, 91782).

A chat of two is kept when the staff account is permitted and the customer agreed; of a group with
a permitted account, what staff write and what customers who agreed to one of its permitted accounts
write; of an internal room with a permitted account, everything.

The cipher is the world's own, for WeCom's is closed: a random text is sealed by RSA (PKCS #1 v1.5)
with the latest public key, and its SHA-256 is the key of AES-256-GCM, whose nonce (12 bytes) stands
before the text.
"""

import base64
import hashlib
import os
from typing import Any

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from siyu.sandbox.world import archive_records as a
from siyu.sandbox.world import envelope, groups, ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.days import DAY
from siyu.sandbox.world.state import World

PERMISSION = "archive"
KEPT = 5 * DAY
_BITS = 2048
_NONCE = 12
_AGENT = 2_000_004
_FILES = ("image", "video", "file")


def attach(world: World) -> None:
    """Listen to all that is said, and go on where the world stopped."""
    world.on_message = lambda message: keep(world, message)
    if world.archive.office.due is not None:
        world.agenda.spawn(_tell(world))


def set_key(world: World, pem: str) -> int:
    """Set the public key that seals from now on; return its version."""
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except ValueError as error:
        raise WorldRefused("不是 PEM 格式的公钥") from error
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size != _BITS:
        raise WorldRefused("公钥须是 2048 位的 RSA 公钥")
    office = world.archive.office
    version = len(office.keys) + 1
    office.keys.append(a.PublicKey(version, pem))
    world.archive.offices.save(office)
    return version


def consent(world: World, relation: r.Relation, *, agree: bool) -> a.Consent:
    """Let a customer agree to being archived, or not; it is said in the chat, consent by event."""
    now = world.now()
    given = world.archive.consents.save(
        a.Consent(
            userid=relation.userid, person=relation.person, at=now,
            status=a.AGREE if agree else a.DISAGREE,
        )
    )  # fmt: skip
    label = f"p-{relation.person}"
    said, time = ("agree", "agree_time") if agree else ("disagree", "disagree_time")
    if relation.userid in world.archive.office.permitted:
        body = {said: {"userid": _id_of(world, label), time: int(now * 1000)}}
        _seal(world, _plain(world, label, [f"s-{relation.userid}"], "", said, body))
    world.feed.publish("archive_consent", given)
    if agree:
        envelope.contact_event(world, "msg_audit_approved", relation)
    return given


def status_of(world: World, userid: str, person: int) -> tuple[str, float]:
    """Return what a person said to an account, and when; who was never asked did not agree."""
    given = world.archive.consents.get(f"{userid}:{person}")
    if given is not None:
        return given.status, given.at
    default = world.switches.archive_default_agree
    return (a.DEFAULT_AGREE if default else a.DISAGREE), 0.0


def status_in_group(world: World, members: list[str], person: int) -> tuple[str, float]:
    """Return what a person said to the permitted accounts of a group: one consent is enough."""
    permitted = world.archive.office.permitted
    said = [
        status_of(world, who[2:], person)
        for who in members
        if who.startswith("s-") and who[2:] in permitted
    ]
    return next((x for x in said if x[0] != a.DISAGREE), said[0] if said else (a.DISAGREE, 0.0))


def keep(world: World, message: r.Message) -> None:
    """Put a message into the archive where it belongs there."""
    if not world.archive.office.keys or not message.sender.startswith(("s-", "p-")):
        return
    content = _content(world, message)
    receivers = _receivers(world, message) if content is not None else None
    if content is None or receivers is None:
        return
    msgtype, body = content
    roomid = "" if "|" in message.chat else message.chat
    plain = _plain(world, message.sender, receivers, roomid, msgtype, {msgtype: body})
    _seal(world, plain, message.id, str(body.get("sdkfileid", "")))


def recall(world: World, message: r.Message) -> None:
    """Take back a message that is in the archive."""
    sealed = next((x for x in world.archive.kept if x.message == message.id), None)
    receivers = _receivers(world, message)
    if sealed is None or receivers is None:
        raise WorldRefused("这条消息不在会话存档里")
    roomid = "" if "|" in message.chat else message.chat
    body = {"revoke": {"pre_msgid": sealed.msgid}}
    plain = _plain(world, message.sender, receivers, roomid, "revoke", body)
    _seal(world, {**plain, "action": "recall"})


def new_room(world: World, name: str, creator: str, members: list[str]) -> a.Room:
    """Let staff begin an internal group."""
    now = world.now()
    joined = dict.fromkeys([creator, *members], now)
    return world.archive.rooms.save(
        a.Room(roomid=ids.chat_id(), name=name, creator=creator, created=now, members=joined)
    )


def _receivers(world: World, message: r.Message) -> list[str] | None:
    """Return who else was there, or None where the message is not kept."""
    permitted = world.archive.office.permitted
    if "|" in message.chat:
        staff, person = message.chat.split("|")
        if not staff.startswith("s-") or not person.startswith("p-") or staff[2:] not in permitted:
            return None
        if status_of(world, staff[2:], int(person[2:]))[0] == a.DISAGREE:
            return None
        return [person if message.sender == staff else staff]
    members = _members(world, message.chat)
    if not any(who[2:] in permitted for who in members if who.startswith("s-")):
        return None
    if message.sender.startswith("p-"):
        status, _ = status_in_group(world, members, int(message.sender[2:]))
        if status == a.DISAGREE:
            return None
    return [who for who in members if who != message.sender]


def _members(world: World, chat: str) -> list[str]:
    group, room = world.groups.get(chat), world.archive.rooms.get(chat)
    if group is not None:
        return [stay.who for stay in groups.members(world, group)]
    return [f"s-{userid}" for userid in room.members] if room is not None else []


def _content(world: World, message: r.Message) -> tuple[str, dict[str, Any]] | None:
    """Return msgtype and body of a message, None for what WeCom does not keep."""
    if message.kind == "text":
        return "text", {"content": message.text}
    if message.kind == "link":
        return "link", {
            "title": message.title, "description": message.desc, "link_url": message.url,
            "image_url": message.pic,
        }  # fmt: skip
    if message.kind == "miniprogram":
        return "weapp", {
            "title": message.title, "description": message.title,
            "username": f"{message.desc}@app", "displayname": message.title,
        }  # fmt: skip
    if message.kind in _FILES:
        return message.kind, _file(world, message)
    return None


def _file(world: World, message: r.Message) -> dict[str, Any]:
    file_id = (message.pic or message.url).rpartition("/")[2]
    media = world.media.get(file_id)
    body: dict[str, Any] = {
        "md5sum": media.md5 if media else "", "filesize": media.size if media else 0,
        "sdkfileid": file_id,
    }  # fmt: skip
    if message.kind == "file":
        name = media.filename if media else message.title
        body |= {"filename": name, "fileext": name.rpartition(".")[2]}
    return body


def _plain(
    world: World, sender: str, receivers: list[str], roomid: str, msgtype: str, body: dict[str, Any]
) -> dict[str, Any]:
    at = int(world.now() * 1000)
    external = any(who.startswith("p-") for who in (sender, *receivers))
    number = ids.random_text(19, alphabet="123456789")
    return {
        "msgid": f"{number}_{at}{'_external' if external else ''}", "action": "send",
        "from": _id_of(world, sender), "tolist": [_id_of(world, who) for who in receivers],
        "roomid": roomid, "msgtime": at, "msgtype": msgtype, **body,
    }  # fmt: skip


def _id_of(world: World, who: str) -> str:
    person = world.people.get(who[2:]) if who.startswith("p-") else None
    return person.external_userid if person else who[2:]


def _seal(world: World, plain: dict[str, Any], message: int = 0, file: str = "") -> None:
    office, now = world.archive.office, world.now()
    if not office.keys:
        return
    key = serialization.load_pem_public_key(office.keys[-1].pem.encode())
    assert isinstance(key, rsa.RSAPublicKey)  # noqa: S101  it was when it was set
    secret, nonce = ids.random_text(32), os.urandom(_NONCE)
    cipher = AESGCM(hashlib.sha256(secret.encode()).digest())
    sealed = nonce + cipher.encrypt(nonce, msgspec.json.encode(plain), None)
    world.archive.forget_until(now - KEPT)
    kept = a.Sealed(
            seq=office.next_seq, msgid=plain["msgid"], at=now,
            publickey_ver=office.keys[-1].version,
            encrypt_random_key=_text(key.encrypt(secret.encode(), padding.PKCS1v15())),
            encrypt_chat_msg=_text(sealed), message=message, file=file,
        )  # fmt: skip
    world.archive.add(kept)
    world.feed.publish("archive_message", kept)
    office.next_seq += 1
    if office.due is None:
        office.due = max(now, office.told + world.switches.archive_notify_seconds)
        world.agenda.spawn(_tell(world))
    world.archive.offices.save(office)


async def _tell(world: World) -> None:
    """Tell the apps that there is something new, some seconds after the last time at least."""
    office = world.archive.office
    if office.due is None:
        return
    await world.agenda.sleep_until(office.due)
    office.due, office.told = None, world.now()
    world.archive.offices.save(office)
    fields: dict[str, envelope.Value] = {"AgentID": _AGENT}
    envelope.queue_event(world, "msgaudit_notify", "", fields, needs=PERMISSION)
    await world.journal.settled()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
