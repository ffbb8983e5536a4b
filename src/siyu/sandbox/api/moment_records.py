"""Moments for customers 「客户朋友圈」: what became of them (doc 93333)."""

from typing import Any

import msgspec

from siyu.sandbox.api.call import Answer, Call, Endpoint, check_span, page, page_bounds
from siyu.sandbox.api.errors import ApiError
from siyu.sandbox.api.moments import found_moment
from siyu.sandbox.world import moment_records as m

_CORPORATION, _PERSONAL, _ALL = 0, 1, 2


class _List(msgspec.Struct):
    start_time: int = 0
    end_time: int = 0
    creator: str = ""
    filter_type: int = _ALL
    cursor: str = ""
    limit: int = 0


def _list(call: Call) -> Answer:
    asked = call.read(_List)
    check_span(asked.start_time, asked.end_time)
    start, limit = page_bounds(asked.cursor, asked.limit, 100, 100)
    found = [
        moment
        for moment in call.world.moments.moments
        if asked.start_time <= moment.created <= asked.end_time
        and moment.ready <= call.world.now()
        and asked.filter_type in {_ALL, _PERSONAL if moment.creator else _CORPORATION}
        and asked.creator in {"", moment.creator}
    ]
    found.sort(key=lambda moment: -moment.created)
    return page("moment_list", [_shown(moment) for moment in found], start, limit)


def _shown(moment: m.Moment) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "moment_id": moment.moment_id,
        "create_time": int(moment.created),
        "create_type": _PERSONAL if moment.creator else _CORPORATION,
        "visible_type": int(moment.public),
    }
    parts = {
        "creator": moment.creator,
        "text": {"content": moment.text} if moment.text else None,
        "image": [{"media_id": media_id} for media_id in moment.images],
        "video": {"media_id": moment.video, "thumb_media_id": ""} if moment.video else None,
        "link": {name: moment.link[name] for name in ("title", "url") if name in moment.link},
        "location": moment.location,
    }
    return shown | {name: part for name, part in parts.items() if part}


class _Named(msgspec.Struct):
    moment_id: str = ""
    userid: str = ""
    cursor: str = ""
    limit: int = 0


def _tasks(call: Call) -> Answer:
    asked = call.read(_Named)
    moment = found_moment(call, asked.moment_id, corporate=True)
    start, limit = page_bounds(asked.cursor, asked.limit, 500, 1000)
    tasks = [
        {"userid": post.userid, "publish_status": int(post.published is not None)}
        for post in call.world.moments.of_moment[moment.moment_id]
    ]
    return page("task_list", tasks, start, limit)


def _post(call: Call, asked: _Named) -> m.Post:
    """Return the post of one staff account, or 41061, 41062 (it has not published)."""
    moment = found_moment(call, asked.moment_id)
    post = call.world.moments.post(moment.moment_id, call.staff(asked.userid).userid)
    if post is None:
        raise ApiError(41061)
    if post.published is None and call.world.holds("moment_unpublished"):
        raise ApiError(41062)
    return post


def _external(call: Call, person: int) -> str:
    found = call.world.people.get(str(person))
    return found.external_userid if found else ""


def _chosen(call: Call) -> Answer:
    asked = call.read(_Named)
    post = _post(call, asked)
    start, limit = page_bounds(asked.cursor, asked.limit, 500, 1000)
    customers = [
        {"userid": post.userid, "external_userid": _external(call, person)}
        for person in post.chosen
    ]
    return page("customer_list", customers, start, limit)


def _shown_to(call: Call) -> Answer:
    asked = call.read(_Named)
    post = _post(call, asked)
    start, limit = page_bounds(asked.cursor, asked.limit, 3000, 5000)
    customers = [{"external_userid": _external(call, person)} for person in post.shown]
    return page("customer_list", customers, start, limit)


def _comments(call: Call) -> Answer:
    post = _post(call, call.read(_Named))
    return {
        f"{kind}_list": [_reaction(call, x) for x in post.reactions if x.kind == kind]
        for kind in (m.COMMENT, m.LIKE)
    }


def _reaction(call: Call, reaction: m.Reaction) -> dict[str, Any]:
    kind, _, key = reaction.who.partition("-")
    who = {"userid": key} if kind == "s" else {"external_userid": _external(call, int(key))}
    return {**who, "create_time": int(reaction.at)}


_CONTACT = "customer_contact"
_PATH = "/cgi-bin/externalcontact"
ENDPOINTS = (
    Endpoint("POST", f"{_PATH}/get_moment_list", _list, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/get_moment_task", _tasks, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/get_moment_customer_list", _chosen, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/get_moment_send_result", _shown_to, needs=_CONTACT),
    Endpoint("POST", f"{_PATH}/get_moment_comments", _comments, needs=_CONTACT),
)
