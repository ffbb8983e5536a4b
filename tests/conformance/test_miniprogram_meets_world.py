"""The mini program: sign-in, phone numbers, subscription messages, links; gateway and world."""

from datetime import timedelta

import pytest

from siyu.channels.wechat.errors import WeChatError, WeChatRefused
from siyu.channels.wecom.verdicts import Advice
from siyu.core.clock import SystemClock
from tests.conformance.accounts import act, last_message, mini_program
from tests.conformance.meeting import Meeting


async def test_a_login_and_a_phone_number_once_each(met: Meeting) -> None:
    program = await mini_program(met)
    person = await met.control("POST", "people", {"phone": "13800138000"})
    code = (await act(met, person["id"], "mini/login"))["code"]
    session = await program.signed_in(code)
    assert session.unionid == person["unionid"]
    assert session.session_key not in repr(session)
    with pytest.raises(WeChatError) as caught:
        await program.signed_in(code)
    assert (caught.value.errcode, caught.value.advice) == (40163, Advice.GIVE_UP)
    again = await program.signed_in((await act(met, person["id"], "mini/login"))["code"])
    assert again.openid == session.openid

    code = (await act(met, person["id"], "mini/phone"))["code"]
    phone = await program.phone(code)
    assert (phone.bare_number, phone.country_code) == ("13800138000", "86")
    assert "138" not in repr(phone)
    with pytest.raises(WeChatError):
        await program.phone(code)
    with pytest.raises(WeChatError):  # a code of one kind is none of the other
        await program.phone((await act(met, person["id"], "mini/login"))["code"])
    late = (await act(met, person["id"], "mini/login"))["code"]
    await met.advance(301)
    with pytest.raises(WeChatError) as caught:
        await program.signed_in(late)
    assert caught.value.errcode == 40029


async def test_subscription_messages_of_the_program(met: Meeting) -> None:
    program = await mini_program(met)
    person = int((await met.control("POST", "people", {}))["id"])
    session = await program.signed_in((await act(met, person, "mini/login"))["code"])
    template = (await met.control("GET", "mini"))["templates"][0]["id"]
    data = {"thing1": "奶粉三段", "number2": "12"}
    with pytest.raises(WeChatError) as caught:
        await program.messages.send_subscription(session.openid, template, data)
    assert caught.value.errcode == 43101
    for _ in range(2):
        await act(met, person, "mini/choose", template_id=template)
    for _ in range(2):
        await program.messages.send_subscription(
            session.openid, template, data, page="pages/shop?id=1", state="formal"
        )
    assert "奶粉三段" in (await last_message(met, person, "mini"))["text"]
    with pytest.raises(WeChatError):
        await program.messages.send_subscription(session.openid, template, data)
    await act(met, person, "mini/choose", template_id=template)
    with pytest.raises(WeChatError) as caught:
        await program.messages.send_subscription(session.openid, template, {"thing1": "缺数量"})
    assert (caught.value.errcode, caught.value.advice) == (47003, Advice.BUG)


async def test_links_open_the_program_until_they_end(met: Meeting) -> None:
    program = await mini_program(met)
    person = int((await met.control("POST", "people", {}))["id"])
    links = program.links
    soon = SystemClock().now() + timedelta(days=2)
    made = [
        await links.url_link("pages/shop", "id=1", until=soon),
        await links.scheme("pages/shop", "id=1", days=2, version="trial"),
        await links.short_link("pages/shop?id=1", title="商城"),
    ]
    for link in made:
        opened = await act(met, person, "mini/open", link=link)
        assert opened == {"path": "pages/shop", "query": "id=1"}
    for_ever = await links.short_link("pages/shop", permanent=True)
    await met.advance(31 * 86_400)
    for link in made:
        late = await met.refused("POST", f"people/{person}/mini/open", {"link": link})
        assert "过期" in late
    assert (await act(met, person, "mini/open", link=for_ever))["path"] == "pages/shop"


async def test_links_have_limits(met: Meeting) -> None:
    program = await mini_program(met)
    person = int((await met.control("POST", "people", {}))["id"])
    await met.switch(mini_links_per_day=1, mini_permanent_links=0, mini_opens_per_day=1)
    link = await program.links.url_link()
    with pytest.raises(WeChatError) as caught:
        await program.links.scheme()
    assert caught.value.advice is Advice.WAIT
    with pytest.raises(WeChatError) as caught:
        await program.links.short_link("pages/shop", permanent=True)
    assert caught.value.errcode == 85400
    await act(met, person, "mini/open", link=link)
    assert "上限" in await met.refused("POST", f"people/{person}/mini/open", {"link": link})
    far = SystemClock().now() + timedelta(days=31)
    for refused in (
        program.links.url_link(days=31),
        program.links.url_link(until=far),
        program.links.url_link("p" * 1025),
        program.links.scheme(version="beta"),
        program.links.short_link(""),
    ):
        with pytest.raises(WeChatRefused):
            await refused
