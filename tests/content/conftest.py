"""A shop, the doors of its content, and a phone."""

import pytest

from shop import browser, open_shop
from tests.content.reading import WeChat, opened


@pytest.fixture
async def shop(db, clock, master, tenant_id):
    return await open_shop(db, clock, master, tenant_id)


@pytest.fixture
def wechat():
    return WeChat()


@pytest.fixture
async def pages(db, clock, wechat, tmp_path):
    async with opened(db, clock, wechat, tmp_path) as app:
        yield app


@pytest.fixture
async def site(db, clock, wechat, tmp_path):
    """The same doors behind https."""
    async with opened(db, clock, wechat, tmp_path, public_url="https://siyu.example") as app:
        yield app


@pytest.fixture
def phone(site, shop):
    """A browser that came by https, as cookies for https only must."""
    client = browser(site, shop.host)
    client.base_url = f"https://{shop.host}"
    return client
