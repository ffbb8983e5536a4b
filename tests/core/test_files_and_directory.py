import pytest

from siyu.core.db.directory import (
    find_slug,
    find_tenant,
    register_host,
    register_slug,
    remove_slug,
)
from siyu.core.errors import NotFound
from siyu.core.files import Files


async def test_files_come_back_to_their_tenant_only(tmp_path):
    files = Files(f"file://{tmp_path}/files")
    key = await files.put(1, b"picture", "image/png")
    assert (await files.get(1, key)).content == b"picture"
    assert (await files.get(1, key)).content_type == "image/png"
    assert await files.put(1, b"picture", "image/png") == key
    for tenant, name in ((2, key), (1, "../1/" + key), (1, "nothing.png"), (1, "")):
        with pytest.raises(NotFound):
            await files.get(tenant, name)


async def test_wildcard_hosts_lead_to_the_tenant_and_others_do_not(db, tenant_id):
    host = f"t{tenant_id}.example.com"
    async with db.tenant(None) as session:
        await register_host(session, host, tenant_id, wildcard=True)
        await register_host(session, "plain-" + host, tenant_id)
    async with db.tenant(None) as session:
        assert await find_tenant(session, host.upper()) == tenant_id
        assert await find_tenant(session, "p-1." + host) == tenant_id
        assert await find_tenant(session, "plain-" + host) == tenant_id
        assert await find_tenant(session, "x.plain-" + host) is None
        assert await find_tenant(session, "example.com") is None


async def test_slugs_stand_for_one_thing_until_removed(db, tenant_id):
    async with db.tenant(None) as session:
        await register_slug(session, f"slug{tenant_id}", tenant_id, "touch", 5)
        target = await find_slug(session, f"slug{tenant_id}")
        assert target is not None
        assert (target.tenant_id, target.kind, target.target_id) == (tenant_id, "touch", 5)
        await remove_slug(session, f"slug{tenant_id}")
        assert await find_slug(session, f"slug{tenant_id}") is None
