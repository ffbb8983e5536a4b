"""How Moments reach people: when a staff account publishes, and only so many (docs 95094, 93333).

A Moment goes to the customers who are friends on both sides and have not seen as many of the
account's Moments as they may in a day and in a calendar month.
"""

from collections.abc import Iterable, Mapping

from siyu.sandbox.world import moment_records as m
from siyu.sandbox.world.contacts import WorldRefused
from siyu.sandbox.world.days import day_of, month_of
from siyu.sandbox.world.state import World


def create(world: World, moment: m.Moment, chosen: Mapping[str, Iterable[int]]) -> m.Moment:
    """Give each staff account the Moment to publish to the persons chosen."""
    world.moments.moments.save(moment)
    for userid, people in chosen.items():
        post = m.Post(moment_id=moment.moment_id, userid=userid, chosen=list(people))
        world.moments.add(post)
        world.feed.publish("moment", post)
    return moment


def moment_of(world: World, post: m.Post) -> m.Moment:
    """Return the Moment a post belongs to."""
    moment = world.moments.moments.get(post.moment_id)
    if moment is None:
        raise WorldRefused("没有这条朋友圈")
    return moment


def publish(world: World, post: m.Post) -> m.Post:
    """Let the staff account publish; a public Moment goes to those who are customers by now."""
    moment, now = moment_of(world, post), world.now()
    if post.published is not None:
        raise WorldRefused("这条朋友圈已发表")
    if moment.cancelled or now < moment.ready:
        raise WorldRefused("这条朋友圈已停止发表或还在派发中")
    if moment.public:
        post.chosen = [relation.person for relation in world.customers_of(post.userid)]
    post.published = now
    world.moments.show(post, [p for p in post.chosen if _may_see(world, post.userid, p)])
    world.moments.posts.save(post)
    world.feed.publish("moment", post)
    return post


def ignore(world: World, post: m.Post) -> m.Post:
    """Let the staff account put the task aside; it can still publish."""
    if post.published is not None:
        raise WorldRefused("这条朋友圈已发表")
    post.ignored = True
    world.moments.posts.save(post)
    world.feed.publish("moment", post)
    return post


def publish_personal(world: World, moment: m.Moment, people: list[int]) -> m.Post:
    """Let a staff account publish a Moment of its own making."""
    create(world, moment, {moment.creator: people})
    return publish(world, world.moments.of_moment[moment.moment_id][0])


def cancel(world: World, moment: m.Moment) -> None:
    """Take the Moment away from the staff who have not published."""
    moment.cancelled = True
    world.moments.moments.save(moment)
    for post in world.moments.of_moment[moment.moment_id]:
        world.feed.publish("moment", post)


def timeline(world: World, person: int) -> list[m.Post]:
    """Return the posts a person sees, the latest first; those of staff they deleted are gone."""
    posts = (p for p in world.moments.seen_by[person] if _is_friend(world, p.userid, person))
    return sorted(posts, key=lambda post: -(post.published or 0.0))


def react(world: World, post: m.Post, who: str, kind: str, text: str = "") -> m.Post:
    """Comment, or like; a second like takes the first one back."""
    if post.published is None:
        raise WorldRefused("这条朋友圈还没有发表")
    if who.startswith("p-") and post not in timeline(world, int(who[2:])):
        raise WorldRefused("看不到这条朋友圈")
    if kind == m.COMMENT and not text:
        raise WorldRefused("没有可以发送的内容")
    liked = [x for x in post.reactions if x.kind == m.LIKE and x.who == who]
    if kind == m.LIKE and liked:
        post.reactions.remove(liked[0])
    else:
        post.reactions.append(m.Reaction(kind, who, world.now(), text))
    world.moments.posts.save(post)
    world.feed.publish("moment", post)
    return post


def _may_see(world: World, userid: str, person: int) -> bool:
    if not _is_friend(world, userid, person):
        return False
    now, switches = world.now(), world.switches
    seen = [
        post.published
        for post in world.moments.seen_by[person]
        if post.userid == userid and post.published is not None
    ]
    return all(
        not most or sum(at >= since for at in seen) < most
        for since, most in (
            (day_of(now), switches.moments_per_day),
            (month_of(now), switches.moments_per_month),
        )
    )


def _is_friend(world: World, userid: str, person: int) -> bool:
    relation = world.relation(userid, person)
    return relation is not None and relation.staff_has and relation.customer_has
