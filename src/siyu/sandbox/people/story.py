"""A story: a number of people who come, read, buy, give back, leave and return.

The whole course is drawn from the seed when the story begins and kept with it, so a world that
was stopped goes on where it was.
"""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

from siyu.sandbox.people.browser import Browser
from siyu.sandbox.people.shop import IDENTIFIERS, ShopSystem
from siyu.sandbox.world import contacts
from siyu.sandbox.world import records as r
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.seed import make_person
from siyu.sandbox.world.state import World, people_chat, staff_chat

# Shares of the people who do something, and when (as part of the story's length).
_OPENS, _FORWARDS, _BUYS, _BUYS_UNREAD = 0.82, 0.2, 0.5, 0.15
_REFUNDS, _LEAVES, _RETURNS = 0.14, 0.12, 0.35
_ARRIVALS = 0.55
_READ_SECONDS = (4.0, 12.0)
_WELCOME_WAIT_SECONDS = 22.0
_TICK_SECONDS = 0.1


class Skipped(Exception):
    """A step had no ground to happen on; the text says why."""


def plan(rng: Random, people: int, seconds: float) -> list[r.StoryStep]:
    """Draw the course of a story; ``person`` numbers the cast from 0."""
    steps: list[r.StoryStep] = []

    def step(due: float, person: int, act: str) -> None:
        steps.append(r.StoryStep(due=round(due, 3), person=person, act=act))

    for person in range(people):
        at = seconds * _ARRIVALS * (person + rng.random()) / people
        step(at, person, "arrive")
        opens = rng.random() < _OPENS
        if opens:
            step(at + seconds * rng.uniform(0.02, 0.1), person, "open")
            if rng.random() < _FORWARDS:
                step(at + seconds * rng.uniform(0.12, 0.16), person, "forward")
        if rng.random() < (_BUYS if opens else _BUYS_UNREAD):
            step(at + seconds * rng.uniform(0.16, 0.28), person, "buy")
            if rng.random() < _REFUNDS:
                step(at + seconds * rng.uniform(0.32, 0.4), person, "refund")
        elif rng.random() < _LEAVES:
            step(at + seconds * rng.uniform(0.16, 0.28), person, "delete")
            if rng.random() < _RETURNS:
                step(at + seconds * rng.uniform(0.32, 0.4), person, "return")
    return sorted(steps, key=lambda s: s.due)


class Storyteller:
    """Runs stories in the background."""

    def __init__(self, world: World, browser: Browser, shop: ShopSystem) -> None:
        self._world = world
        self._browser = browser
        self._shop = shop
        self._tasks: set[asyncio.Task[None]] = set()
        self._acts: dict[str, Callable[[r.Story, r.Person, Random], Awaitable[None]]] = {
            "arrive": self._arrive,
            "return": self._arrive,
            "open": self._open,
            "forward": self._forward,
            "buy": self._buy,
            "refund": self._refund,
            "delete": self._delete,
        }

    def begin(self, people: int, seconds: float, seed: int | None, ways: list[str]) -> r.Story:
        """Draw and start a story; raises `WorldRefused` when there is no code to scan."""
        usable = [w.config_id for w in self._world.ways if not ways or w.config_id in ways]
        if not usable:
            raise WorldRefused("还没有可以扫的活码,请先在控制台创建一个")
        seed = secrets.randbelow(10**9) if seed is None else seed
        story = r.Story(
            id=secrets.token_hex(8), people=people, seconds=seconds, seed=seed, ways=usable,
            started=self._world.now(),
            steps=plan(Random(seed), people, seconds),  # noqa: S311  a story, not a lock
        )  # fmt: skip
        self._world.stories.save(story)
        self._start(story)
        return story

    def resume(self) -> None:
        """Go on with the stories that were running when the world stopped."""
        for story in self._world.stories:
            if story.status == "running":
                self._start(story)

    async def finish(self) -> None:
        """Interrupt; `resume` goes on at the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, story: r.Story) -> None:
        task = asyncio.create_task(self._tell(story))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tell(self, story: r.Story) -> None:
        locks: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        async with asyncio.TaskGroup() as group:
            for number, step in enumerate(story.steps):
                if step.result:
                    continue
                await self._wait(story, story.started + step.due)
                if story.status != "running":
                    break
                group.create_task(self._take(story, number, step, locks[step.person]))
        if story.status == "running":
            story.status = "done"
        story.finished = self._world.now()
        self._keep(story)

    async def _wait(self, story: r.Story, until: float) -> None:
        # The world's clock can be pushed forward, so there is nothing to sleep through at once.
        while story.status == "running" and self._world.now() < until:  # noqa: ASYNC110
            await asyncio.sleep(_TICK_SECONDS)

    async def _take(
        self, story: r.Story, number: int, step: r.StoryStep, lock: asyncio.Lock
    ) -> None:
        rng = Random(f"{story.seed}:{number}")  # noqa: S311
        async with lock:
            try:
                await self._acts[step.act](story, self._member(story, step.person, rng), rng)
            except Skipped as error:
                step.result = f"skipped: {error}"
            except WorldRefused as error:
                step.result = f"failed: {error}"
            else:
                step.result = "done"
        self._keep(story)

    def _keep(self, story: r.Story) -> None:
        self._world.stories.save(story)
        self._world.feed.publish("story", progress(story))

    def _member(self, story: r.Story, number: int, rng: Random) -> r.Person:
        known = story.cast.get(str(number))
        person = self._world.people.get(str(known)) if known is not None else None
        if person is None:
            person = make_person(self._world, rng, origin=f"story:{story.id}")
            story.cast[str(number)] = person.id
            self._keep(story)
        return person

    async def _arrive(self, story: r.Story, person: r.Person, rng: Random) -> None:
        way = self._world.ways.get(rng.choice(story.ways))
        if way is None:
            raise Skipped("the code was deleted")
        contacts.scan(self._world, way, person)
        await self._world.journal.settled()

    async def _open(self, _story: r.Story, person: r.Person, rng: Random) -> None:
        url = await self._welcome_link(person)
        page = await self._browser.open(
            person, url, seconds=rng.uniform(*_READ_SECONDS), depth=rng.randint(30, 100)
        )
        if page.status >= 400:  # noqa: PLR2004  HTTP
            raise WorldRefused(f"HTTP {page.status}")

    async def _welcome_link(self, person: r.Person) -> str:
        for _ in range(int(_WELCOME_WAIT_SECONDS / _TICK_SECONDS)):
            for message in reversed(self._received(person)):
                if message.url and message.kind == "link":
                    return message.url
            await asyncio.sleep(_TICK_SECONDS)
        raise Skipped("no link came with the welcome")

    def _received(self, person: r.Person) -> list[r.Message]:
        label = f"p-{person.id}"
        found = [
            message
            for relation in self._world.relations_of_person[person.id]
            for message in self._world.chats[staff_chat(relation.userid, person.id)]
            if message.sender != label
        ]
        return sorted(found, key=lambda m: m.id)

    async def _forward(self, _story: r.Story, person: r.Person, rng: Random) -> None:
        links = [m for m in self._received(person) if m.kind == "link"]
        if not links:
            raise Skipped("nothing to forward")
        friend = make_person(self._world, rng, origin="friend")
        message = forward(self._world, person, friend, links[-1].url, links[-1].title)
        await self._browser.open(
            friend, message.url, seconds=rng.uniform(*_READ_SECONDS), depth=rng.randint(10, 100)
        )

    async def _buy(self, story: r.Story, person: r.Person, rng: Random) -> None:
        # Mostly the link's mark comes along to the shop; at times people buy there on their own.
        touch = person.touch if rng.random() < 0.7 else ""  # noqa: PLR2004
        await self._shop.buy(
            person,
            rng.choice(self._world.shop.products).sku,
            quantity=rng.choices((1, 2, 3), weights=(75, 20, 5))[0],
            touch=touch,
            identifiers=["unionid", *rng.sample(IDENTIFIERS[1:], 1)],
            external_id=f"XJY{story.id[:6]}{rng.randrange(10**8):08d}",
        )

    async def _refund(self, _story: r.Story, person: r.Person, rng: Random) -> None:
        orders = [o for o in self._world.orders if o.person == person.id and o.status == "paid"]
        if not orders:
            raise Skipped("nothing was bought")
        whole = rng.random() < 0.6  # noqa: PLR2004
        await self._shop.refund(orders[-1], None if whole else orders[-1].amount_fen // 2)

    async def _delete(self, _story: r.Story, person: r.Person, _rng: Random) -> None:
        friends = [x for x in self._world.relations_of_person[person.id] if x.customer_has]
        if not friends:
            raise Skipped("nobody to delete")
        contacts.customer_deletes(self._world, friends[-1].userid, person)


def forward(world: World, person: r.Person, friend: r.Person, url: str, title: str) -> r.Message:
    """Send a link to another person; what the page set through the JS-SDK is what is shared."""
    here = {person.share.get("page"), person.share.get("opened")}
    share = person.share if person.share.get("link") and url in here else {}
    return world.post_message(
        people_chat(person.id, friend.id), f"p-{person.id}", "link", "forward",
        url=share.get("link") or url, title=share.get("title") or title,
        desc=share.get("desc", ""), pic=share.get("imgUrl", ""),
    )  # fmt: skip


def progress(story: r.Story) -> dict[str, Any]:
    """How far a story is, without its steps."""
    finished = [step for step in story.steps if step.result]
    acts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for step in story.steps:
        acts[step.act][step.result.partition(":")[0] or "waiting"] += 1
    return {
        "id": story.id,
        "status": story.status,
        "people": story.people,
        "seconds": story.seconds,
        "seed": story.seed,
        "started": story.started,
        "finished": story.finished,
        "steps": len(story.steps),
        "steps_done": len(finished),
        "acts": acts,
        "problems": [s.result for s in finished if s.result.startswith("failed")][:20],
    }
