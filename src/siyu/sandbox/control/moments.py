"""Control of Moments, as staff and persons see them."""

from typing import Any

import msgspec
from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld
from siyu.sandbox.control.people import person_of, staff_of
from siyu.sandbox.control.problems import NotInWorld
from siyu.sandbox.control.views import Side, side
from siyu.sandbox.world import ids, moments
from siyu.sandbox.world import moment_records as m
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.state import World


class NewMoment(msgspec.Struct):
    """Body of ``POST staff/{userid}/moments``; ``people`` None: for all customers."""

    text: str = ""
    title: str = ""
    url: str = ""
    people: list[int] | None = None
    location: dict[str, Any] = {}


class Reacting(msgspec.Struct):
    """Body of the reactions: whose post, and the words of a comment."""

    userid: str = ""
    text: str = ""


class ReactionView(msgspec.Struct):
    """A like or comment."""

    kind: str
    who: Side
    at: float
    text: str


class PostView(msgspec.Struct, kw_only=True):
    """A Moment in a client. ``state``: waiting, dispatching, ignored, published, cancelled."""

    moment_id: str
    author: Side
    personal: bool
    created: float
    published: float | None
    state: str
    public: bool
    text: str
    pictures: list[str]
    video: str
    link: dict[str, str]
    location: dict[str, Any]
    chosen: int
    shown: int
    reactions: list[ReactionView]


def post_view(world: World, post: m.Post) -> PostView:
    """Show a post, or the task that may become one."""
    moment = moments.moment_of(world, post)

    def file(media_id: str) -> str:
        return f"{world.base_url}/media/{media_id}" if media_id else ""

    return PostView(
        moment_id=moment.moment_id, author=side(world, f"s-{post.userid}"),
        personal=bool(moment.creator), created=moment.created, published=post.published,
        state=_state(world, post, moment), public=moment.public, text=moment.text,
        pictures=[file(media_id) for media_id in moment.images], video=file(moment.video),
        link={**moment.link, "pic": file(moment.link.get("media_id", ""))} if moment.link else {},
        location=moment.location, chosen=len(post.chosen), shown=len(post.shown),
        reactions=[
            ReactionView(x.kind, side(world, x.who), x.at, x.text) for x in post.reactions
        ],
    )  # fmt: skip


def _state(world: World, post: m.Post, moment: m.Moment) -> str:
    if post.published is not None:
        return "published"
    if moment.cancelled:
        return "cancelled"
    if world.now() < moment.ready:
        return "dispatching"
    return "ignored" if post.ignored else "waiting"


def _post(world: World, moment_id: str, userid: str) -> m.Post:
    post = world.moments.post(moment_id, staff_of(world, userid).userid)
    if post is None:
        raise NotInWorld("该员工没有这条朋友圈")
    return post


class StaffMomentsController(Controller):
    """Moments a staff account has to publish, and those it makes itself."""

    path = "/world/api/staff/{userid:str}/moments"
    guards = (from_this_machine,)

    @get()
    async def moments(self, world: TheWorld, userid: FromPath[str]) -> dict[str, list[PostView]]:
        """List tasks and posts of the account, the latest first."""
        posts = world.moments.of_staff[staff_of(world, userid).userid]
        shown = [post_view(world, post) for post in posts]
        return {"items": sorted(shown, key=lambda post: -(post.published or post.created))}

    @post()
    async def personal(
        self, world: TheWorld, userid: FromPath[str], data: JSONBody[NewMoment]
    ) -> PostView:
        """Publish a Moment of the staff member's own making."""
        staff, now = staff_of(world, userid), world.now()
        if not data.text and not data.url:
            raise WorldRefused("没有可以发表的内容")
        moment = m.Moment(
            moment_id=ids.moment_id(), created=now, ready=now, creator=staff.userid,
            text=data.text, link={"title": data.title, "url": data.url} if data.url else {},
            location=data.location, public=data.people is None,
        )  # fmt: skip
        made = moments.publish_personal(world, moment, data.people or [])
        await world.journal.settled()
        return post_view(world, made)

    @post("/{moment_id:str}/publish")
    async def publish(
        self, world: TheWorld, userid: FromPath[str], moment_id: FromPath[str]
    ) -> PostView:
        """Publish a Moment of the corporation's."""
        made = moments.publish(world, _post(world, moment_id, userid))
        await world.journal.settled()
        return post_view(world, made)

    @post("/{moment_id:str}/ignore")
    async def ignore(
        self, world: TheWorld, userid: FromPath[str], moment_id: FromPath[str]
    ) -> PostView:
        """Put a task aside; it can still be published."""
        left = moments.ignore(world, _post(world, moment_id, userid))
        await world.journal.settled()
        return post_view(world, left)

    @post("/{moment_id:str}/{kind:str}")
    async def react(
        self,
        world: TheWorld,
        userid: FromPath[str],
        moment_id: FromPath[str],
        kind: FromPath[str],
        data: JSONBody[Reacting],
    ) -> PostView:
        """Like or comment on the own post."""
        return await _react(world, _post(world, moment_id, userid), f"s-{userid}", kind, data)


class PeopleMomentsController(Controller):
    """Moments a person sees."""

    path = "/world/api/people/{person:int}/moments"
    guards = (from_this_machine,)

    @get()
    async def timeline(self, world: TheWorld, person: FromPath[int]) -> dict[str, list[PostView]]:
        """List what the person sees, the latest first."""
        posts = moments.timeline(world, person_of(world, person).id)
        return {"items": [post_view(world, post) for post in posts]}

    @post("/{moment_id:str}/{kind:str}")
    async def react(
        self,
        world: TheWorld,
        person: FromPath[int],
        moment_id: FromPath[str],
        kind: FromPath[str],
        data: JSONBody[Reacting],
    ) -> PostView:
        """Like or comment; a second like takes the first one back."""
        who = f"p-{person_of(world, person).id}"
        return await _react(world, _post(world, moment_id, data.userid), who, kind, data)


async def _react(world: World, post: m.Post, who: str, kind: str, data: Reacting) -> PostView:
    if kind not in {m.LIKE, m.COMMENT}:
        raise NotInWorld("朋友圈只能点赞(like)或评论(comment)")
    changed = moments.react(world, post, who, kind, data.text)
    await world.journal.settled()
    return post_view(world, changed)
