"""The picture follows the stream."""

from siyu.people.identity.identities import identify
from tests.people.picture.picture_world import World


async def test_a_customer_arrives(world: World, tenant_id: int) -> None:
    projector = world.projector()
    await projector.lead()
    async with world.db.tenant(tenant_id) as session:
        ctx = world.context(tenant_id, session)
        identity = await identify(ctx, "external_userid", "", "wm1")
    await world.follow(projector)
    rows = await world.analytics.query("SELECT customer_id, gone FROM person")
    assert list(rows) == [(identity.customer_id, 0)]
