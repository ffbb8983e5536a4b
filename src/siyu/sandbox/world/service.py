"""WeChat customer service: how customers come in, who answers them, what WeCom tells of it.

Docs 94638, 94669, 94670, 94677, 95122. All accounts are run through the API: a customer who writes
waits as new until an app answers, or moves the session.
"""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from siyu.sandbox.world import contacts, groups, ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world import service_records as s
from siyu.sandbox.world.contacts import WorldRefused, departments_below
from siyu.sandbox.world.envelope import Value, app_event
from siyu.sandbox.world.state import World

HOURS_48 = 48 * 3600
MOVES = {s.NEW: {1, 2, 3, 4}, s.BOT: {2, 3, 4}, s.POOL: {3, 4}, s.STAFF: {3, 4}, s.ENDED: set()}
"""Where a session may go to; one with staff may go to another staff account."""
PERMISSION = "customer_service"
WELCOME, JOINED, FAREWELL = "welcome", "joined", "farewell"
"""What a code allows: a greeting, a word about pool or staff, a goodbye."""

_TAKEN, _PASSED, _ENDED, _REOPENED = 1, 2, 3, 4
_REFUSED_BY_CUSTOMER = 10
_SECONDS_20 = 20
_TOKEN_SECONDS = 600
_ON, _OFF = 1, 2


# -- accounts ----------------------------------------------------------------------------


def create_account(
    world: World, name: str, avatar: str, agents: list[int], *, told: bool
) -> s.ServiceAccount:
    """Make an account that apps may act for; they hear of it where the console made it."""
    account = world.service.accounts.save(
        s.ServiceAccount(
            open_kfid=ids.open_kfid(), name=name, avatar=avatar, created=world.now(),
        )
    )  # fmt: skip
    authorise(world, account, agents, told=told)
    return account


def authorise(world: World, account: s.ServiceAccount, agents: list[int], *, told: bool) -> None:
    """Let exactly these apps act for an account."""
    before, account.agents = account.agents, agents
    world.service.accounts.save(account)
    if told:
        for agent in set(before) ^ set(agents):
            name = "AuthAddOpenKfId" if agent in agents else "AuthDelOpenKfId"
            _tell_app(world, agent, "kf_account_auth_change", {name: account.open_kfid})
    world.feed.publish("service_account", account)


def delete_account(world: World, account: s.ServiceAccount) -> None:
    """End an account; its chats end with it."""
    account.deleted = world.now()
    world.service.accounts.save(account)
    world.feed.publish("service_account", account)


def living(world: World) -> list[s.ServiceAccount]:
    """Return the accounts there are, in the order of their making."""
    return [account for account in world.service.accounts if account.deleted is None]


def serves(world: World, account: s.ServiceAccount, staff: r.Staff) -> bool:
    """Whether a staff account may serve, by itself or with its department."""
    below = departments_below(world, account.departments) if account.departments else set()
    return staff.status == 1 and (staff.userid in account.servicers or staff.department in below)


def rest(world: World, account: s.ServiceAccount, userid: str, *, resting: bool) -> None:
    """Let a servicer take nobody, or customers again."""
    if resting == (userid in account.resting):
        raise WorldRefused("接待状态没有变化")
    account.resting = [x for x in account.resting if x != userid] + [userid] * resting
    world.service.accounts.save(account)
    status = _OFF if resting else _ON
    event(world, account, 0, "servicer_status_change", servicer_userid=userid, status=status)


# -- what customers do -------------------------------------------------------------------


def url_of(world: World, way: s.ServiceWay) -> str:
    """Return the link of a way."""
    return f"{world.base_url}/kf/{way.open_kfid}?enc_scene={way.code}"


def way_of(world: World, url: str) -> tuple[s.ServiceWay, str] | None:
    """Return the way behind a link and the ``scene_param`` it carries, or None."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    way = world.service.ways.get(query.get("enc_scene", [""])[0])
    if way is None or parts.path != f"/kf/{way.open_kfid}":
        return None
    return way, query.get("scene_param", [""])[0] if way.scene else ""


def enter(
    world: World, account: s.ServiceAccount, person: r.Person, scene: str = "", param: str = ""
) -> s.ServiceItem:
    """Let a person open the chat.

    The apps get a welcome code when the person was not welcomed, and wrote nothing, for 48 hours.
    """
    _alive(account)
    session = _session(world, account, person.id)
    now = world.now()
    session.entered, session.scene, session.scene_param = now, scene, param
    world.service.sessions.save(session)
    told: dict[str, Any] = {"scene": scene, "scene_param": param}
    if now - max(session.welcomed, session.spoke) >= HOURS_48:
        told["welcome_code"] = give_code(world, session, WELCOME)
    return event(world, account, person.id, "enter_session", **told)


def customer_says(
    world: World,
    account: s.ServiceAccount,
    person: r.Person,
    msgtype: str,
    body: dict[str, Any],
) -> s.ServiceItem:
    """Let a person write; who wrote to an ended session begins another."""
    _alive(account)
    session = _session(world, account, person.id)
    begins = session.state == s.ENDED or not session.spoke
    if session.state == s.ENDED:
        session.state, session.servicer = s.NEW, ""
    session.spoke, session.sent = world.now(), 0
    world.service.sessions.save(session)
    return _keep(
        world, account, person.id, s.CUSTOMER, msgtype, body,
        servicer=session.servicer, begins=begins,
    )  # fmt: skip


def recall(world: World, account: s.ServiceAccount, msgid: str) -> None:
    """Take back what a customer or servicer said."""
    item = world.service.by_msgid.get((account.open_kfid, msgid))
    if item is None or item.recalled or item.origin not in {s.CUSTOMER, s.SERVICER}:
        raise WorldRefused("没有可以撤回的消息")
    item.recalled = True
    world.service.items.save(item)
    if item.origin == s.CUSTOMER:
        event(world, account, item.person, "user_recall_msg", recall_msgid=msgid)
    else:
        event(
            world, account, item.person, "servicer_recall_msg",
            recall_msgid=msgid, servicer_userid=item.servicer,
        )  # fmt: skip


def accept_upgrade(world: World, session: s.ServiceSession, person: r.Person) -> None:
    """Let a person do what was advised: add the staff account, or join the group."""
    staff = world.staff.get(session.upgrade.get("member", ""))
    group = world.groups.get(session.upgrade.get("groupchat", ""))
    if staff is not None:
        contacts.add(world, staff, person)
    elif group is not None:
        groups.join(world, group, [f"p-{person.id}"], scene=2)
    else:
        raise WorldRefused("没有收到推荐")
    session.upgrade, session.upgraded = {}, world.now()
    world.service.sessions.save(session)


# -- what staff do in their client -------------------------------------------------------


def take(world: World, account: s.ServiceAccount, session: s.ServiceSession, userid: str) -> None:
    """Let a servicer take a session from the pool, or take up an ended one again."""
    _may_serve(world, account, userid)
    if session.state not in {s.POOL, s.ENDED}:
        raise WorldRefused("这个会话不在待接入池中,也没有结束")
    change = _TAKEN if session.state == s.POOL else _REOPENED
    _put(world, session, s.STAFF, userid)
    _told_of_session(world, account, session, change, new=userid, purpose=JOINED)


def pass_on(world: World, account: s.ServiceAccount, session: s.ServiceSession, to: str) -> None:
    """Let the servicer give the session to another."""
    _may_serve(world, account, to)
    if session.state != s.STAFF or session.servicer == to:
        raise WorldRefused("这个会话不能转给该接待人员")
    old = session.servicer
    _put(world, session, s.STAFF, to)
    _told_of_session(world, account, session, _PASSED, old=old, new=to)


def end(world: World, account: s.ServiceAccount, session: s.ServiceSession) -> None:
    """Let the servicer end the session."""
    if session.state != s.STAFF:
        raise WorldRefused("这个会话不在接待中")
    old = session.servicer
    _put(world, session, s.ENDED, "")
    _told_of_session(world, account, session, _ENDED, old=old, purpose=FAREWELL)


def servicer_says(
    world: World,
    account: s.ServiceAccount,
    session: s.ServiceSession,
    msgtype: str,
    body: dict[str, Any],
) -> s.ServiceItem:
    """Let the servicer of a session write."""
    if session.state != s.STAFF:
        raise WorldRefused("这个会话没有接待人员")
    return _keep(
        world, account, session.person, s.SERVICER, msgtype, body, servicer=session.servicer
    )


# -- what apps do ------------------------------------------------------------------------


def move(
    world: World, account: s.ServiceAccount, session: s.ServiceSession, state: int, userid: str
) -> str:
    """Move a session through the API; return the code for a message about it, or nothing.

    The move must be one of `MOVES`. A session that staff already have gives no code.
    """
    old, before = session.servicer, session.state
    _put(world, session, state, userid if state == s.STAFF else "")
    if world.switches.api_calls_back and state in {s.STAFF, s.ENDED}:
        change = _ENDED if state == s.ENDED else _PASSED if before == s.STAFF else _TAKEN
        _told_of_session(world, account, session, change, old=old, new=userid)
    if state == s.ENDED:
        return give_code(world, session, FAREWELL)
    return give_code(world, session, JOINED) if state > s.BOT and before != s.STAFF else ""


def app_says(
    world: World,
    account: s.ServiceAccount,
    session: s.ServiceSession,
    msgid: str,
    msgtype: str,
    body: dict[str, Any],
) -> s.ServiceItem:
    """Send what an app sends; a customer who refuses messages does not get it, and it is told."""
    item = _keep(world, account, session.person, s.API, msgtype, body, msgid=msgid)
    if session.rejects:
        event(
            world, account, session.person, "msg_send_fail",
            fail_msgid=item.msgid, fail_type=_REFUSED_BY_CUSTOMER,
        )  # fmt: skip
    return item


def give_code(world: World, session: s.ServiceSession, purpose: str) -> str:
    """Return a code that allows one message: for 20 seconds, about pool and staff for 48 hours."""
    seconds = HOURS_48 if purpose == JOINED else _SECONDS_20
    grant = world.grants.save(
        r.Grant(
            key=ids.random_text(43), kind="service_code", appid=session.open_kfid,
            who=f"p-{session.person}", scope=purpose, expires=world.now() + seconds,
        )
    )  # fmt: skip
    return grant.key


def event(
    world: World, account: s.ServiceAccount, person: int, event_type: str, **fields: Any
) -> s.ServiceItem:
    """Let something happen in an account's chats; ``person`` 0 where no customer is meant."""
    found = world.people.get(str(person))
    body: dict[str, Any] = {"event_type": event_type, "open_kfid": account.open_kfid}
    if found is not None:
        body["external_userid"] = found.external_userid
    return _keep(world, account, person, s.SYSTEM, "event", {**body, **fields})


def _session(world: World, account: s.ServiceAccount, person: int) -> s.ServiceSession:
    found = world.service.session(account.open_kfid, person)
    return found or s.ServiceSession(open_kfid=account.open_kfid, person=person)


def _put(world: World, session: s.ServiceSession, state: int, userid: str) -> None:
    session.state, session.servicer = state, userid
    world.service.sessions.save(session)
    world.feed.publish("service_session", session)


def _may_serve(world: World, account: s.ServiceAccount, userid: str) -> None:
    staff = world.staff.get(userid)
    if staff is None or not serves(world, account, staff):
        raise WorldRefused("该员工不是这个客服账号的接待人员")
    if userid in account.resting:
        raise WorldRefused("该接待人员已停止接待")


def _told_of_session(
    world: World,
    account: s.ServiceAccount,
    session: s.ServiceSession,
    change: int,
    *,
    old: str = "",
    new: str = "",
    purpose: str = "",
) -> None:
    fields: dict[str, Any] = {"change_type": change}
    if old:
        fields["old_servicer_userid"] = old
    if new:
        fields["new_servicer_userid"] = new
    if purpose:
        fields["msg_code"] = give_code(world, session, purpose)
    event(world, account, session.person, "session_status_change", **fields)


def _alive(account: s.ServiceAccount) -> None:
    if account.deleted is not None:
        raise WorldRefused("这个客服账号已经删除")


def _keep(
    world: World,
    account: s.ServiceAccount,
    person: int,
    origin: int,
    msgtype: str,
    body: dict[str, Any],
    *,
    msgid: str = "",
    servicer: str = "",
    begins: bool = False,
) -> s.ServiceItem:
    item = world.service.add(
        s.ServiceItem(
            id=len(world.service.items) + 1, msgid=msgid or ids.random_text(32),
            open_kfid=account.open_kfid, person=person, at=world.now(), origin=origin,
            msgtype=msgtype, body=body, servicer=servicer, begins=begins,
        )
    )  # fmt: skip
    if origin != s.API:
        _ring(world, account)
    world.feed.publish("service_message", item)
    return item


def _ring(world: World, account: s.ServiceAccount) -> None:
    """Tell the apps that act for the account that there is something to read."""
    for agent in account.agents:
        token = world.grants.save(
            r.Grant(
                key=f"ENC{ids.random_text(45)}", kind="service_token", appid=account.open_kfid,
                who="", agentid=agent, expires=world.now() + _TOKEN_SECONDS,
            )
        )  # fmt: skip
        told: dict[str, Value] = {"Token": token.key, "OpenKfId": account.open_kfid}
        _tell_app(world, agent, "kf_msg_or_event", told)


def _tell_app(world: World, agent: int, event_name: str, fields: dict[str, Value]) -> None:
    app = world.apps.get(str(agent))
    if app is not None and app.permissions.get(PERMISSION):
        app_event(world, agent, event_name, fields)
