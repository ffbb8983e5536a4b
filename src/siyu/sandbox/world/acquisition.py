"""The acquisition assistant (获客助手): people open links, are added, and use up what was paid for.

Docs 97297, 97298, 97299, 97375, 100130. Whom a link shows is chosen as for a code; each customer
it brings costs units of the quota that ends first.
"""

from urllib.parse import parse_qs, urlsplit

from siyu.sandbox.world import acquisition_records as a
from siyu.sandbox.world import contacts, ids
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused, departments_below
from siyu.sandbox.world.days import DAY
from siyu.sandbox.world.envelope import Value, queue_event
from siyu.sandbox.world.state import World

ADD_BY_LINK = 16
STATE_BYTES = 64
NEEDS = "acquisition"
_WARN_DAYS = (14, 7, 3, 2, 1)
_LOW = 20
_CHAT_KEY_SECONDS = 1800
_FRIENDS_ANYWHERE, _FRIENDS_NAMED = 1, 2


def url_of(world: World, link: a.Link) -> str:
    """Return the address that people open."""
    return f"{world.base_url}/ca/{link.link_id}"


def staff_of(world: World, users: list[str], departments: list[int]) -> list[r.Staff]:
    """Return the staff accounts of a range that can take customers."""
    below = departments_below(world, departments)
    return [
        s for s in world.staff
        if (s.userid in users or s.department in below) and s.status == 1 and s.can_contact
    ]  # fmt: skip


# links


def check_links(world: World) -> None:
    """Tell of links that have nobody left, after the staff changed."""
    for link in world.acquisition.links:
        available = bool(staff_of(world, link.users, link.departments))
        if link.available and not available:
            _tell(world, "link_unavailable", {"LinkId": link.link_id})
        if link.available != available:
            link.available = available
            save(world, link)


def save(world: World, link: a.Link) -> a.Link:
    """Keep a link and show it."""
    world.acquisition.links.save(link)
    world.feed.publish("acquisition_link", link)
    return link


def delete(world: World, link: a.Link) -> None:
    """End a link; this is told even when the API did it [D 97299]."""
    world.acquisition.links.drop(link.link_id)
    _tell(world, "delete_link", {"LinkId": link.link_id})
    world.feed.publish("acquisition_link", link)


# people


def opened(world: World, person: r.Person, url: str) -> tuple[a.Link, str]:
    """Let a person open a link; returns it and its channel, cut to 64 bytes."""
    parts = urlsplit(url)
    link = world.acquisition.links.get(parts.path.rpartition("/")[2])
    if link is None:
        raise WorldRefused("这个获客链接不存在或已被删除")
    channel = parse_qs(parts.query).get("customer_channel", [""])[0]
    state = channel.encode()[:STATE_BYTES].decode(errors="ignore")
    book = world.acquisition
    book.clicks.save(
        a.Click(id=len(book.clicks) + 1, link_id=link.link_id, person=person.id, at=world.now())
    )
    link.clicks += 1
    save(world, link)
    if world.switches.acquisition_open_profile:
        _tell(world, "open_profile", _of_link(link, state))
    return link, state


def add(world: World, link: a.Link, person: r.Person, state: str) -> contacts.Added:
    """Let a person who opened a link tap "add"."""
    if not link.available or balance(world) < world.switches.acquisition_units_per_customer:
        raise WorldRefused("这个获客链接暂时不可用")
    staff = _pick(world, link, person)
    added = contacts.add(
        world, staff, person, state=state, add_way=ADD_BY_LINK, pending=not link.skip_verify
    )
    if added.outcome == "friend":
        return added
    _tell(world, "friend_request", _of_link(link, state))
    book = world.acquisition
    arrival = book.arrive(
        a.Arrival(
            id=len(book.arrivals) + 1, link_id=link.link_id, person=person.id,
            userid=staff.userid, state=state,
        )
    )  # fmt: skip
    if added.outcome != "asked":
        _added(world, arrival)
    return added


def confirmed(world: World, relation: r.Relation) -> None:
    """Count a customer whom a staff account has just accepted, if a link brought them."""
    arrival = world.acquisition.of_contact.get((relation.userid, relation.person))
    if arrival is not None and arrival.added is None:
        _added(world, arrival)


def spoke(world: World, relation: r.Relation) -> None:
    """Tell that a customer whom a link brought has written."""
    arrival = world.acquisition.of_contact.get((relation.userid, relation.person))
    person = world.people.get(str(relation.person))
    if arrival is None or arrival.added is None or person is None:
        return
    if relation.add_way != ADD_BY_LINK:  # lost since, and found again in another way
        return
    arrival.spoken += 1
    world.acquisition.arrivals.save(arrival)
    told: dict[str, Value] = {
        "UserID": relation.userid,
        "ExternalUserID": person.external_userid,
        "LinkId": arrival.link_id,
    }
    if arrival.spoken == 1:
        _tell(world, "customer_start_chat", told)
    key = world.acquisition.chat_keys.save(
        a.ChatKey(
            key=ids.random_text(43), arrival=arrival.id, count=arrival.spoken,
            expires=world.now() + _CHAT_KEY_SECONDS,
        )
    )  # fmt: skip
    _tell(world, "message_from_customer", told | {"ChatSeq": arrival.spoken, "ChatKey": key.key})
    world.feed.publish("acquisition_arrival", arrival)


def _pick(world: World, link: a.Link, person: r.Person) -> r.Staff:
    candidates = staff_of(world, link.users, link.departments)
    friends = [x.userid for x in world.followers_of(person.id) if x.customer_has]
    if link.priority_type == _FRIENDS_ANYWHERE:
        preferred = [s for s in world.staff if s.userid in friends and s.status == 1]
    elif link.priority_type == _FRIENDS_NAMED:
        named = set(friends) & set(link.priority_users)
        preferred = [s for s in world.staff if s.userid in named and s.status == 1]
    else:
        preferred = []
    return (preferred or [world.random.choice(candidates)])[0]


def _added(world: World, arrival: a.Arrival) -> None:
    arrival.added = world.now()
    world.acquisition.arrivals.save(arrival)
    world.feed.publish("acquisition_arrival", arrival)
    _use(world, world.switches.acquisition_units_per_customer)


def _of_link(link: a.Link, state: str) -> dict[str, Value]:
    return {"LinkId": link.link_id, "State": state} if state else {"LinkId": link.link_id}


# what was paid for


def valid_quotas(world: World) -> list[a.Quota]:
    """Return what was paid for and has not ended, the first to end first."""
    now = world.now()
    return sorted((q for q in world.acquisition.quotas if q.expires > now), key=lambda q: q.expires)


def balance(world: World) -> int:
    """Return how many customers may still be added."""
    return sum(quota.balance for quota in valid_quotas(world))


def buy(world: World, amount: int, days: int) -> a.Quota:
    """Pay for customers, who have to come within so many days."""
    before = balance(world)
    quota = grant(world, amount, days)
    world.agenda.spawn(_watch(world, quota))
    if not before:
        _tell(world, "balance_increased", {})
    world.feed.publish("acquisition_quota", quota)
    return quota


def grant(world: World, amount: int, days: int) -> a.Quota:
    """Put a quota on the shelf, of which nobody is told."""
    expires = int(world.now()) + days * DAY
    quotas = world.acquisition.quotas
    return quotas.save(a.Quota(id=len(quotas) + 1, bought=amount, balance=amount, expires=expires))


def resume(world: World) -> None:
    """Watch over what was paid for, when the world begins or goes on."""
    for quota in valid_quotas(world):
        world.agenda.spawn(_watch(world, quota))


async def _watch(world: World, quota: a.Quota) -> None:
    """Warn of the end of a quota, and tell when with it the last customer is gone."""
    for days in _WARN_DAYS:
        due = quota.expires - days * DAY
        if days in quota.warned or due < world.now() - DAY:
            continue
        await world.agenda.sleep_until(due)
        if quota.balance:
            told: dict[str, Value] = {"ExpireTime": quota.expires, "ExpireQuotaNum": quota.balance}
            _tell(world, "quota_expire_soon", told)
        quota.warned = [*quota.warned, days]
        world.acquisition.quotas.save(quota)
        await world.journal.settled()
    await world.agenda.sleep_until(quota.expires)
    if quota.balance and not balance(world):
        _tell(world, "balance_exhausted", {})
        await world.journal.settled()


def _use(world: World, units: int) -> None:
    before = balance(world)
    for quota in valid_quotas(world):
        taken = min(units, quota.balance)
        quota.balance -= taken
        units -= taken
        world.acquisition.quotas.save(quota)
        if not units:
            break
    after = balance(world)
    if after < _LOW <= before:
        _tell(world, "balance_low", {})
    if before and not after:
        _tell(world, "balance_exhausted", {})


def _tell(world: World, change: str, told: dict[str, Value]) -> None:
    queue_event(world, "customer_acquisition", change, told, needs=NEEDS)
