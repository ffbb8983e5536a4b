"""The gateway against the simulated world over HTTP: both derived from the facts, apart."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

import pytest

from siyu.channels.wechat import oauth as wechat_oauth
from siyu.channels.wechat.official import OfficialAccount, OfficialAccountCredentials
from siyu.channels.wecom import oauth
from siyu.channels.wecom.client import WecomClient
from siyu.channels.wecom.credentials import AppCredentials
from siyu.channels.wecom.endpoints import contact_ways, contacts
from siyu.channels.wecom.endpoints.messages import TextCard
from siyu.channels.wecom.errors import WeComError
from siyu.channels.wecom.probes import diagnose
from siyu.channels.wecom.tokens import InProcessTokenStore
from siyu.channels.wecom.verdicts import Advice
from siyu.core.clock import SystemClock
from tests.conformance.meeting import AGENT, PNG, Meeting


async def test_the_directory_reads_the_same_from_all_sides(met: Meeting) -> None:
    departments = await met.client.departments()
    assert {department.id for department in departments} >= {1}
    members = {member.userid async for member in met.client.memberships()}
    users = {user.userid for user in await met.client.users(1, with_children=True)}
    assert members == users == {staff["userid"] for staff in met.state["staff"]}
    some = await met.client.user(min(members))
    assert some.userid in members
    assert some.department
    agent = await met.client.agent()
    assert (agent.agentid, agent.close) == (AGENT, False)


async def test_customers_read_one_by_one_and_in_batches_are_the_same(met: Meeting) -> None:
    staff = await met.client.follow_users()
    singly = {
        (userid, external_userid)
        for userid in staff
        for external_userid in await met.client.contact_ids(userid)
    }
    pages = [page async for page in met.client.contacts_of(staff)]
    rows = [row for page in pages for row in page.external_contact_list]
    assert {(row.follow_info.userid, row.external_contact.external_userid) for row in rows} == (
        singly
    )
    assert len(rows) == len(singly) > 100
    assert len(pages) > 1
    for row in rows[:5]:
        whole = await met.client.contact(row.external_contact.external_userid)
        follower = next(f for f in whole.follow_user if f.userid == row.follow_info.userid)
        assert set(follower.corp_tag_ids) == set(row.follow_info.corp_tag_ids)
        assert follower.createtime == row.follow_info.createtime > 0


async def test_tags_and_remarks_are_written_and_read_back(met: Meeting) -> None:
    userid = (await met.client.follow_users())[0]
    customer = (await met.client.contact_ids(userid))[0]
    group = await met.client.add_corp_tags("渠道", ["包裹卡", "门店"])
    added = [tag.id for tag in group.tag]
    assert {tag.name for tag in group.tag} >= {"包裹卡", "门店"}
    await met.client.mark_tags(userid, customer, add=added)
    await met.client.mark_tags(userid, customer, remove=added[:1])
    await met.client.remark(
        contacts.RemarkRequest(userid=userid, external_userid=customer, remark="芳姐")
    )
    follower = next(
        f for f in (await met.client.contact(customer)).follow_user if f.userid == userid
    )
    assert follower.remark == "芳姐"
    assert added[1] in follower.corp_tag_ids
    assert added[0] not in follower.corp_tag_ids
    assert set(added) <= {tag.id for g in await met.client.corp_tags() for tag in g.tag}


async def test_a_contact_way_lives_and_ends(met: Meeting) -> None:
    staff = list((await met.client.follow_users())[:2])
    made = await met.client.add_contact_way(
        contact_ways.AddContactWayRequest(
            type=contact_ways.MULTIPLE, scene=contact_ways.QR_CODE, user=staff, state="c1"
        )
    )
    assert made.qr_code.startswith("http")
    await met.client.update_contact_way(
        contact_ways.UpdateContactWayRequest(config_id=made.config_id, user=staff[:1], state="c2")
    )
    way = await met.client.contact_way(made.config_id)
    assert (way.state, way.user, way.type) == ("c2", (staff[0],), contact_ways.MULTIPLE)
    assert made.config_id in [config_id async for config_id in met.client.contact_way_ids()]
    await met.client.delete_contact_way(made.config_id)
    with pytest.raises(WeComError) as caught:
        await met.client.contact_way(made.config_id)
    assert (caught.value.advice, caught.value.subject) == (Advice.GONE, "contact_way")


async def test_files_and_messages_pass(met: Meeting) -> None:
    media = await met.client.upload_media("image", "封面.png", PNG)
    assert media.media_id
    assert media.created_at > 0
    assert (await met.client.upload_image("封面.png", PNG)).startswith("http")
    userid = (await met.client.follow_users())[0]
    card = TextCard(title="有新客户", description="包裹卡", url="http://siyu.localhost:8000/staff/")
    for content in ("有新客户", card):
        assert (await met.client.notify([userid, "nobody"], content)).invaliduser == "nobody"


async def test_probes_tell_granted_from_revoked(met: Meeting) -> None:
    found = {probe.key: probe for probe in await diagnose(met.client)}
    # The archive opens to its own secret only.
    lacking = {key for key, probe in found.items() if probe.state != "granted"}
    assert lacking == {"trusted_domain", "archive"}
    assert found["archive"].state == "unknown"
    assert found["welcome"].errcode == 41050
    permissions = met.app["permissions"] | {"customer_contact": False}
    await met.control("PUT", f"admin/app/{AGENT}/permissions", permissions)
    found = {probe.key: probe for probe in await diagnose(met.client)}
    for key in ("contacts", "tags_read", "tags_write", "contact_ways", "welcome"):
        assert (found[key].state, found[key].errcode) == ("missing", 48002)
    assert found["directory"].state == "granted"


async def test_a_wrong_secret_is_the_admins_to_repair(met: Meeting) -> None:
    wrong = AppCredentials(met.client.app.corp_id, AGENT, "x" * 43)
    with pytest.raises(WeComError) as caught:
        await WecomClient(met.gateway, wrong).departments()
    assert caught.value.advice is Advice.ASK_ADMIN
    assert caught.value.permission is not None
    assert caught.value.permission.key == "secret"


@asynccontextmanager
async def verified_domain(met: Meeting) -> AsyncIterator[str]:
    """A host of ours that shows the verification files, registered with app and account."""
    official = met.state["official"]
    files = {
        f"/{f['name']}": f["content"] for f in (met.app["verify_file"], official["verify_file"])
    }

    async def show(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
        content = files[path].encode()
        head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(content)
        writer.write(head + content)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(show, "127.0.0.1", 0)
    domain = f"siyu.localhost:{server.sockets[0].getsockname()[1]}"
    try:
        await met.control("PUT", f"admin/app/{AGENT}/trusted-domain", {"domain": domain})
        await met.control("PUT", "admin/official/domain", {"domain": domain})
        yield domain
    finally:
        server.close()
        await server.wait_closed()


async def code_after(met: Meeting, url: str) -> str:
    answer = await met.http.get(url)
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert query["state"] == ["S1"]
    return query["code"][0]


async def test_staff_and_visitors_sign_in(met: Meeting) -> None:
    official = met.state["official"]
    person = await met.control("POST", "people", {})
    userid = (await met.client.follow_users())[0]
    clock = SystemClock()
    account = OfficialAccount(
        met.http,
        InProcessTokenStore(clock),
        clock,
        OfficialAccountCredentials(official["appid"], official["secret"]),
        base=met.base,
    )
    async with verified_domain(met) as domain:
        assert (await met.client.agent()).redirect_domain == domain
        page = f"http://s-{userid}.{domain}/staff/oauth"
        corp = met.client.app.corp_id
        url = oauth.authorize_url(corp, page, "S1", agent_id=AGENT, base=met.base)
        assert (await met.client.signed_in(await code_after(met, url))).userid == userid
        url = oauth.login_url(corp, page, "S1", agent_id=AGENT, base=met.base)
        code = await code_after(met, url)
        assert (await met.client.signed_in(code)).userid == userid
        with pytest.raises(WeComError) as caught:
            await met.client.signed_in(code)
        assert caught.value.subject == "sign_in"

        page = f"http://p-{person['id']}.{domain}/h/oauth"
        url = wechat_oauth.authorize_url(
            official["appid"], page, "S1", scope="snsapi_userinfo", base=met.base
        )
        visitor = await account.signed_in(await code_after(met, url))
        profile = await account.profile(visitor)
        assert profile.openid == visitor.openid
        assert profile.nickname
        assert (await account.page_config(page)).signature
        assert (await met.client.page_config(page)).signature
        assert (await met.client.page_agent_config(page)).agent_id == AGENT
