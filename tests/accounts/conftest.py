import pytest

from siyu.accounts.tenants import Vaults, open_tenant


@pytest.fixture
def vaults(master):
    return Vaults(master)


@pytest.fixture
async def tenant_id(db, clock, master, request):
    """A real tenant, opened as an installation does, under a host of its own."""
    name = f"{abs(hash(request.node.nodeid))}-{id(request)}"
    return await open_tenant(db, clock, master, name="测试企业", host=f"t{name}.example.com")
