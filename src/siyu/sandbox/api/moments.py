"""Moments for customers 「客户朋友圈」: making them (docs 95094, 97612)."""

from collections.abc import Iterable
from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, check_bytes
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.world import ids, moments
from siyu.sandbox.world import moment_records as m
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import departments_below
from siyu.sandbox.world.days import month_of

_TEXT_CHARS, _TEXT_BYTES = 2000, 4000
_MOST = {"image": 9, "video": 1, "link": 1}
_JOB_SECONDS = 86_400
_STARTED, _RUNNING, _DONE = 1, 2, 3


class _Text(msgspec.Struct):
    content: str = ""


class _Senders(msgspec.Struct):
    user_list: list[str] = []
    department_list: list[int] = []


class _Customers(msgspec.Struct):
    tag_list: list[str] = []


class _Range(msgspec.Struct):
    sender_list: _Senders | None = None
    external_contact_list: _Customers | None = None


class _Add(msgspec.Struct):
    text: _Text | None = None
    attachments: list[dict[str, Any]] = []
    visible_range: _Range | None = None


def _add(call: Call) -> Answer:
    world, asked = call.world, call.read(_Add)
    text = asked.text.content if asked.text else ""
    if not text and not asked.attachments:
        raise ApiError(41089)
    if len(text) > _TEXT_CHARS or len(text.encode()) > _TEXT_BYTES:
        raise ApiError(40058, "invalid text size")
    content = _content(call, asked.attachments)
    _check_quota(call)
    ready = world.now() + world.switches.moment_job_seconds
    moment = m.Moment(
        moment_id=ids.moment_id(), created=world.now(), ready=ready, text=text, **content
    )
    result = _dispatch(call, moment, asked.visible_range or _Range())
    job = m.MomentJob(jobid=ids.job_id(), created=world.now(), ready=ready, result=result)
    return {"jobid": world.moments.jobs.save(job).jobid}


def _check_quota(call: Call) -> None:
    """Count jobs: those running (41078), of the last minute and of the month (45009)."""
    now, switches = call.world.now(), call.world.switches
    jobs = list(call.world.moments.jobs)
    if sum(job.ready > now for job in jobs) >= switches.moment_running_jobs:
        raise ApiError(41078)
    for since, most in (
        (now - 60, switches.moment_tasks_per_minute),
        (month_of(now), switches.moment_tasks_per_month),
    ):
        if sum(job.created > since for job in jobs) >= most:
            raise ApiError(45009)


def _content(call: Call, attachments: list[dict[str, Any]]) -> dict[str, Any]:
    """Return images, video or link; 41065 for a mixture, 41064 for too many."""
    kinds = {str(attachment.get("msgtype")) for attachment in attachments}
    if not kinds:
        return {}
    kind = kinds.pop()
    if kinds or kind not in _MOST:
        raise ApiError(41065)
    if len(attachments) > _MOST[kind]:
        raise ApiError(41064)
    parts = [attachment.get(kind) for attachment in attachments]
    read = [part for part in parts if isinstance(part, dict)]
    if len(read) < len(parts):
        raise ApiError(41065)
    if kind == "link":
        return {"link": _link(call, read[0])}
    media_ids = [_media_id(call, part, kind) for part in read]
    return {"images": media_ids} if kind == "image" else {"video": media_ids[0]}


def _link(call: Call, part: dict[str, Any]) -> dict[str, str]:
    title, url = str(part.get("title") or ""), str(part.get("url") or "")
    if not url:
        raise ApiError(40058, "link needs url")
    check_bytes("title", title, 64)
    check_bytes("url", url, 2048)
    return {"title": title, "url": url, "media_id": _media_id(call, part, "image")}


def _media_id(call: Call, part: dict[str, Any], kind: str) -> str:
    media = call.world.media.get(str(part.get("media_id") or ""))
    if media is None or media.expires is None or media.expires <= call.world.now():
        raise ApiError(40007)
    if media.scene != "moment":
        raise ApiError(41072)
    if media.type != kind:
        raise ApiError(40007, f"media is of type {media.type}")
    return media.id


def _dispatch(call: Call, moment: m.Moment, asked: _Range) -> dict[str, Any]:
    """Give the Moment to the staff of the range; return what the job will tell."""
    world = call.world
    senders = asked.sender_list or _Senders()
    tags = list(asked.external_contact_list.tag_list if asked.external_contact_list else [])
    known = {tag.id for group in world.tag_groups for tag in group.tags}
    invalid_tags = [tag for tag in tags if tag not in known]
    invalid_users = [u for u in senders.user_list if not _may_publish(call, world.staff.get(u))]
    invalid_parties = [d for d in senders.department_list if str(d) not in world.departments]
    told = {
        "invalid_sender_list": {"user_list": invalid_users, "department_list": invalid_parties},
        "invalid_external_contact_list": {"tag_list": invalid_tags},
    }
    moment.public = not tags
    chosen = {
        staff.userid: _customers(call, staff.userid, set(tags))
        for staff in _publishers(call, senders)
    }
    if tags and not senders.user_list and not senders.department_list:
        chosen = {userid: people for userid, people in chosen.items() if people}
    if not chosen:
        return {"errcode": 41048, "errmsg": "no one can publish this moment", **told}
    moments.create(world, moment, chosen)
    return {"errcode": 0, "errmsg": "ok", "moment_id": moment.moment_id, **told}


def _publishers(call: Call, senders: _Senders) -> Iterable[r.Staff]:
    """Staff named, those of departments named, or all the app sees."""
    everyone = not senders.user_list and not senders.department_list
    parties = departments_below(call.world, senders.department_list)
    return [
        staff
        for staff in call.world.staff
        if _may_publish(call, staff)
        and (everyone or staff.userid in senders.user_list or staff.department in parties)
    ]


def _may_publish(call: Call, staff: r.Staff | None) -> bool:
    return staff is not None and staff.status == 1 and staff.can_contact and call.sees(staff)


def _customers(call: Call, userid: str, tags: set[str]) -> list[int]:
    """Return customers with one of the tags; a public Moment chooses when it is published."""
    return [x.person for x in call.world.customers_of(userid) if tags & set(x.tags)]


class _Job(msgspec.Struct):
    jobid: str = ""


def _result(call: Call) -> Answer:
    jobid = call.query.get("jobid") or call.read(_Job).jobid
    job = call.world.moments.jobs.get(jobid)
    now = call.world.now()
    if job is None or now > job.created + _JOB_SECONDS:
        raise ApiError(40058, "invalid jobid")
    if now < job.ready:
        half = now < (job.created + job.ready) / 2
        return {"status": _STARTED if half else _RUNNING, "type": "add_moment_task"}
    return {"status": _DONE, "type": "add_moment_task", "result": job.result}


class _Cancel(msgspec.Struct):
    moment_id: str = ""


def found_moment(call: Call, moment_id: str, *, corporate: bool = False) -> m.Moment:
    """Return the Moment, or 41059, 41060, 41079, 41067 (a personal one where none may be)."""
    if not moment_id:
        raise ApiError(41059)
    moment = call.world.moments.moments.get(moment_id)
    if moment is None:
        raise ApiError(41060)
    if call.world.now() < moment.ready:
        raise ApiError(41079)
    if corporate and moment.creator:
        raise ApiError(41067)
    return moment


def _cancel(call: Call) -> Answer:
    asked = call.read(_Cancel)
    moments.cancel(call.world, found_moment(call, asked.moment_id, corporate=True))
    return {}


_CONTACT = "customer_contact"
_PATH = "/cgi-bin/externalcontact"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/add_moment_task", _add, needs=_CONTACT),
    Endpoint("GET", f"{_PATH}/get_moment_task_result", _result, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/get_moment_task_result", _result, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/cancel_moment_task", _cancel, needs=_CONTACT),
)
