import random

import pytest

from tests.people.audiences.crowd import Crowd
from tests.people.picture.conftest import world  # noqa: F401 - the picture's world is ours
from tests.people.picture.picture_world import World


@pytest.fixture
async def crowd(world: World, tenant_id: int) -> Crowd:  # noqa: F811 - as pytest wants it
    """A tenant's people, the picture that follows them, and audiences that stand on it."""
    found = Crowd(world, tenant_id + 5_000_000, random.Random(11))
    await found.settle()
    return found
