"""The world, met by a WeCom library that knows nothing of siyu: only its addresses lead here."""

import asyncio
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit, urlunsplit

import pytest
import requests
from requests.adapters import HTTPAdapter
from wechatpy import WeChatClient as OfficialClient
from wechatpy.exceptions import WeChatClientException
from wechatpy.work import WeChatClient
from wechatpy.work.crypto import WeChatCrypto

from siyu.channels.wecom.crypto import CallbackCrypto
from siyu.channels.wecom.events import ContactAdded
from tests.conformance.callbacks import AES_KEY, TOKEN, listening
from tests.conformance.meeting import AGENT, PNG, Meeting

P = ParamSpec("P")
T = TypeVar("T")


class ToWorld(HTTPAdapter):
    """Leads whatever is sent to a host of Tencent's to the world; changes nothing else."""

    def __init__(self, base: str) -> None:
        super().__init__()
        # Every name below .localhost is this machine; the system's resolver may not know.
        self._base = urlsplit(f"http://127.0.0.1:{urlsplit(base).port}")

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        address = urlsplit(request.url or "")
        request.url = urlunsplit((self._base.scheme, self._base.netloc, *address[2:]))
        return super().send(request, *args, **kwargs)


def led(client: Any, met: Meeting) -> Any:
    """Lead a client of the library to the world."""
    for host in ("https://qyapi.weixin.qq.com", "https://api.weixin.qq.com"):
        client._http.mount(host, ToWorld(met.base))
    return client


@pytest.fixture
def sdk(met: Meeting) -> WeChatClient:
    return led(WeChatClient(met.client.app.corp_id, met.client.app.secret), met)


async def ask(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call the library, which blocks, beside the world."""
    return await asyncio.to_thread(partial(call, *args, **kwargs))


async def test_it_reads_directory_and_customers(met: Meeting, sdk: WeChatClient) -> None:
    departments = await ask(sdk.department.list)
    assert departments
    staff = (await ask(sdk.external_contact.get_follow_user_list))["follow_user"]
    _, external = await met.newcomer(staff[0])
    assert (await ask(sdk.user.get, staff[0]))["userid"] == staff[0]
    assert external in (await ask(sdk.external_contact.list, staff[0]))["external_userid"]
    shown = await ask(sdk.external_contact.get, external)
    assert shown["external_contact"]["external_userid"] == external


async def test_it_makes_codes_and_marks_tags(met: Meeting, sdk: WeChatClient) -> None:
    staff = (await ask(sdk.external_contact.get_follow_user_list))["follow_user"][0]
    made = await ask(
        sdk.external_contact.add_contact_way, 2, 2, user=[staff], state="sdk", remark="独立"
    )
    way = (await ask(sdk.external_contact.get_contact_way, made["config_id"]))["contact_way"]
    assert (way["state"], way["user"]) == ("sdk", [staff])
    _, external = await met.newcomer(staff)
    group = (
        await ask(sdk.external_contact.add_corp_tag, None, "独立组", None, [{"name": "独立标签"}])
    )["tag_group"]
    tag = group["tag"][0]["id"]
    await ask(sdk.external_contact.mark_tag, staff, external, add_tag=[tag])
    follow = (await ask(sdk.external_contact.get, external))["follow_user"]
    assert tag in {each["tag_id"] for user in follow for each in user["tags"] if "tag_id" in each}
    await ask(sdk.external_contact.del_contact_way, made["config_id"])
    with pytest.raises(WeChatClientException) as refused:
        await ask(sdk.external_contact.get_contact_way, made["config_id"])
    assert refused.value.errcode != 0


async def test_it_sends_and_uploads(met: Meeting, sdk: WeChatClient) -> None:
    staff = (await ask(sdk.external_contact.get_follow_user_list))["follow_user"][0]
    media = await ask(sdk.media.upload, "image", ("p.png", BytesIO(PNG), "image/png"))
    assert media["media_id"]
    assert (await ask(sdk.message.send_text, AGENT, staff, "你好"))["errcode"] == 0
    assert await ask(sdk.jsapi.get_jsapi_ticket)
    _, external = await met.newcomer(staff)
    template = {"chat_type": "single", "external_userid": [external], "text": {"content": "新品"}}
    assert (await ask(sdk.external_contact.add_msg_template, {**template, "sender": staff}))[
        "msgid"
    ]


async def test_a_token_that_died_is_fetched_again(met: Meeting, sdk: WeChatClient) -> None:
    assert await ask(sdk.external_contact.get_follow_user_list)
    await met.advance(7300)
    assert await ask(sdk.external_contact.get_follow_user_list)


async def test_its_crypto_opens_the_worlds_callbacks(met: Meeting) -> None:
    crypto = WeChatCrypto(TOKEN, AES_KEY, met.client.app.corp_id)

    class Theirs(CallbackCrypto):
        def open(self, signature: str, timestamp: str, nonce: str, sealed: str) -> bytes:
            envelope = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
            try:
                plain = crypto.decrypt_message(envelope, signature, timestamp, nonce)
            except TypeError:
                plain = None
            ours = super().open(signature, timestamp, nonce, sealed)
            if ours.startswith(b"<xml"):
                assert plain is not None
                assert plain.encode() == ours
            else:
                theirs = crypto.check_signature(signature, timestamp, nonce, sealed)
                assert (theirs if isinstance(theirs, bytes) else theirs.encode()) == ours
            return ours

    async with listening(met) as listener:
        listener.crypto = Theirs(TOKEN, AES_KEY, met.client.app.corp_id)
        staff = next(iter((await met.raw("externalcontact/get_follow_user_list"))["follow_user"]))
        _, external = await met.newcomer(staff)
        added = await listener.next(ContactAdded)
        assert added.external_user_id == external


async def test_its_official_account_client_is_served_too(met: Meeting) -> None:
    official = met.state["official"]
    client = led(OfficialClient(official["appid"], official["secret"]), met)
    assert "openid" in (await ask(client.user.get_followers)).get("data", {"openid": []})
    made = await ask(client.qrcode.create, {
        "expire_seconds": 600, "action_name": "QR_STR_SCENE",
        "action_info": {"scene": {"scene_str": "sdk"}},
    })  # fmt: skip
    assert made["ticket"]
