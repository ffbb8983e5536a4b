"""The picture follows the stream."""

from siyu.people.identity.identities import identify
from siyu.people.picture.state import applied
from tests.people.picture.picture_world import World


async def test_a_customer_arrives(world: World, tenant_id: int) -> None:
    following = await world.following()
    async with world.tenant(tenant_id) as ctx:
        await identify(ctx, "external_userid", "", "wm1")
    await world.follow(following)
    async with world.tenant(tenant_id) as ctx:
        place = await applied(ctx)
    assert place.lag_seconds == 0
    assert place.answering
    assert place.filled == 100
    shown = await world.shown(tenant_id, place.generation)
    assert shown == await world.told(tenant_id)
    assert len(shown[0]) == 1
