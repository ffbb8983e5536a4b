"""What residents of a population do, one act at a time.

An act that has no ground (nothing to read, nobody to delete) turns into nothing: `Acts.do` says
what really happened.
"""

from collections.abc import Awaitable, Callable, Sequence
from random import Random

from siyu.sandbox.people import temper, words
from siyu.sandbox.people.browser import Browser
from siyu.sandbox.people.shop import IDENTIFIERS, ShopSystem
from siyu.sandbox.people.story import forward
from siyu.sandbox.world import contacts, envelope, groups, ids
from siyu.sandbox.world import group_records as g
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.life_records import Life, Resident
from siyu.sandbox.world.seed import make_person
from siyu.sandbox.world.state import World, staff_chat
from siyu.sandbox.world.talk import customer_says

NOTHING = "nothing"
REFUSED = "refused"

Act = Callable[[Life, Resident, r.Person, Random], Awaitable[bool]]


class Acts:
    """Does what residents decided to do."""

    def __init__(self, world: World, browser: Browser, shop: ShopSystem) -> None:
        self._world = world
        self._browser = browser
        self._shop = shop
        self._known: dict[str, Act] = {
            "arrive": self._add,
            "return": self._add,
            "read": self._read,
            "ask": self._says(words.QUESTIONS),
            "deliver": self._says(words.DELIVERY),
            "thank": self._says(words.PRAISE),
            "complain": self._complain,
            "answer": self._answer,
            "note": self._note,
            "buy": self._buy,
            "refund": self._refund,
            "forward": self._forward,
            "delete": self._delete,
            "drop": self._drop,
            "join": self._join,
            "talk": self._talk,
            "leave": self._leave,
        }

    async def do(self, life: Life, resident: Resident, rng: Random) -> str:
        """Do a resident's act; return its name, ``nothing``, or ``refused``."""
        person = self._person(life, resident, rng)
        try:
            happened = await self._known[resident.act](life, resident, person, rng)
        except WorldRefused:
            return REFUSED
        return resident.act if happened else NOTHING

    def _person(self, life: Life, resident: Resident, rng: Random) -> r.Person:
        person = self._world.people.get(str(resident.person))
        if person is None:
            person = make_person(self._world, rng, origin=f"life:{life.id}")
            resident.person = person.id
            self._world.life.residents.save(resident)
        return person

    # what customers do

    async def _add(self, _life: Life, resident: Resident, person: r.Person, _rng: Random) -> bool:
        way = self._world.ways.get(resident.way)
        if way is None:
            return False
        return contacts.scan(self._world, way, person).outcome != "friend"

    async def _read(self, _life: Life, resident: Resident, person: r.Person, rng: Random) -> bool:
        links = self._links(person)
        if not links:
            if rng.random() < temper.WITHOUT_LINK:
                return await self._says(words.QUESTIONS)(_life, resident, person, rng)
            return False
        await self._open(person, links[-1].url, rng)
        return True

    def _says(self, sentences: Sequence[str]) -> Act:
        async def say(_life: Life, _resident: Resident, person: r.Person, rng: Random) -> bool:
            friend = self._friend(person)
            if friend is None:
                return False
            customer_says(self._world, friend, rng.choice(sentences))
            return True

        return say

    async def _complain(
        self, life: Life, resident: Resident, person: r.Person, rng: Random
    ) -> bool:
        resident.annoyed += 1
        return await self._says(words.COMPLAINTS)(life, resident, person, rng)

    async def _buy(self, life: Life, resident: Resident, person: r.Person, rng: Random) -> bool:
        if not self._world.shop.orders_url:
            return False
        resident.bought += 1
        await self._shop.buy(
            person,
            rng.choice(self._world.shop.products).sku,
            quantity=rng.choices(list(temper.QUANTITIES), weights=list(temper.QUANTITIES.values()))[
                0
            ],
            touch=person.touch if rng.random() < temper.BUYS_BY_LINK else "",
            identifiers=["unionid", *rng.sample(IDENTIFIERS[1:], 1)],
            external_id=f"XJY{life.id[:6]}{resident.number:05d}{resident.turn:03d}",
        )
        return True

    async def _refund(
        self, _life: Life, _resident: Resident, person: r.Person, rng: Random
    ) -> bool:
        orders = [o for o in self._world.orders if o.person == person.id and o.status == "paid"]
        if not orders:
            return False
        order = orders[-1]
        whole = rng.random() < temper.WHOLE_REFUND
        await self._shop.refund(order, None if whole else order.amount_fen // 2)
        return True

    async def _forward(
        self, life: Life, _resident: Resident, person: r.Person, rng: Random
    ) -> bool:
        links = self._links(person)
        if not links:
            return False
        friend = make_person(self._world, rng, origin=f"friend:{life.id}")
        message = forward(self._world, person, friend, links[-1].url, links[-1].title)
        await self._open(friend, message.url, rng)
        return True

    async def _delete(
        self, _life: Life, _resident: Resident, person: r.Person, _rng: Random
    ) -> bool:
        friend = self._friend(person)
        if friend is None:
            return False
        contacts.customer_deletes(self._world, friend.userid, person)
        return True

    # what staff do

    async def _answer(
        self, _life: Life, _resident: Resident, person: r.Person, rng: Random
    ) -> bool:
        friend = self._friend(person)
        if friend is None or not friend.staff_has:
            return False
        self._world.post_message(
            staff_chat(friend.userid, person.id), f"s-{friend.userid}", "text", "staff",
            text=rng.choice(words.ANSWERS),
        )  # fmt: skip
        self._chatting(friend)
        return True

    async def _note(self, _life: Life, _resident: Resident, person: r.Person, rng: Random) -> bool:
        has = next((x for x in self._relations(person) if x.staff_has and not x.pending), None)
        if has is None:
            return False
        if rng.random() < temper.NEW_TAG:
            self._new_tag(rng)
        known = [tag.id for group in self._world.tag_groups for tag in group.tags]
        fewest, most = temper.TAGS_AT_ONCE
        contacts.staff_edits(
            self._world,
            has,
            remark=rng.choice(words.REMARKS).format(name=person.name)[:20],
            description=rng.choice(words.DESCRIPTIONS),
            mobiles=None,
            tags=rng.sample(known, min(len(known), rng.randint(fewest, most))),
        )
        return True

    async def _drop(self, _life: Life, _resident: Resident, person: r.Person, _rng: Random) -> bool:
        has = next((x for x in self._relations(person) if x.staff_has and not x.pending), None)
        if has is None:
            return False
        contacts.staff_deletes(self._world, has.userid, person)
        return True

    def _new_tag(self, rng: Random) -> None:
        """Let the administrator make a tag, if one is left to be thought of."""
        group = rng.choice(list(self._world.tag_groups))
        names = {tag.name for tag in group.tags}
        wanted = [name for name in words.NEW_TAGS if name not in names]
        if wanted:
            tag = r.Tag(
                id=ids.tag_id(), name=rng.choice(wanted), order=0, created=int(self._world.now())
            )
            group.tags = [*group.tags, tag]
            self._world.tag_groups.save(group)
            envelope.tag_event(self._world, "create", tag.id, "tag")

    # groups

    async def _join(self, _life: Life, _resident: Resident, person: r.Person, _rng: Random) -> bool:
        friend = self._friend(person)
        if friend is None or not friend.staff_has:
            return False
        group = self._group(friend.userid)
        invitor = friend.userid if groups.member(self._world, group, f"s-{friend.userid}") else ""
        return bool(groups.join(self._world, group, [f"p-{person.id}"], invitor=invitor))

    async def _talk(self, _life: Life, _resident: Resident, person: r.Person, rng: Random) -> bool:
        who = f"p-{person.id}"
        for group in groups.groups_of(self._world, who):
            groups.say(self._world, group, who, rng.choice(words.TALK))
            if rng.random() < temper.STAFF_ANSWERS_GROUP:
                owner = f"s-{group.face.owner}"
                groups.say(self._world, group, owner, rng.choice(words.GROUP_ANSWERS))
            return True
        return False

    async def _leave(
        self, _life: Life, _resident: Resident, person: r.Person, _rng: Random
    ) -> bool:
        who = f"p-{person.id}"
        for group in groups.groups_of(self._world, who):
            groups.leave(self._world, group, who)
            return True
        return False

    def _group(self, userid: str) -> g.Group:
        """Return a living group with room, led by the staff account if there is one."""
        world = self._world
        living = [
            group for group in world.groups
            if group.dismissed is None
            and len(groups.members(world, group)) < world.switches.group_members
        ]  # fmt: skip
        own = [group for group in living if group.face.owner == userid]
        if own or living:
            return (own or living)[0]
        return groups.create(world, world.staff.get(userid) or next(iter(world.staff)),
                             name=words.GROUP_NAME)  # fmt: skip

    # what they know

    def _relations(self, person: r.Person) -> list[r.Relation]:
        return self._world.relations_of_person[person.id]

    def _friend(self, person: r.Person) -> r.Relation | None:
        """Return the relation to the staff account this person has, the latest first."""
        return next((x for x in reversed(self._relations(person)) if x.customer_has), None)

    def _links(self, person: r.Person) -> list[r.Message]:
        """Return what the person was sent to read, the latest last."""
        found = [
            message
            for relation in self._relations(person)
            for message in self._world.chats[staff_chat(relation.userid, person.id)]
            if message.kind == "link" and message.url and message.sender != f"p-{person.id}"
        ]
        return sorted(found, key=lambda m: m.id)

    def _chatting(self, relation: r.Relation) -> None:
        relation.chatting = True
        self._world.relations.save(relation)

    async def _open(self, person: r.Person, url: str, rng: Random) -> None:
        await self._browser.open(
            person, url, seconds=rng.uniform(*temper.READ_SECONDS),
            depth=rng.randint(*temper.READ_DEPTH),
        )  # fmt: skip
