"""Customer service and the message archive are what they were after the world was stopped."""

from worlds import WorldClient, running

from siyu.channels.wecom.archive.keys import new_key_pair
from siyu.sandbox.settings import SandboxSettings


async def pulled(world: WorldClient, secret: str) -> list[int]:
    asked = {"corpid": world.corpid, "secret": secret, "seq": 0, "limit": 10}
    answer = (await world.http.post("/archive/chatdata", json=asked)).json()
    assert answer["errcode"] == 0
    return [message["seq"] for message in answer["chatdata"]]


async def test_chats_and_archive_go_on_after_a_restart(settings: SandboxSettings) -> None:
    async with running(settings) as world:
        userid = world.state["staff"][0]["userid"]
        agent = world.state["apps"][0]["agentid"]
        made = {"name": "客服", "agents": [agent]}
        open_kfid = (await world.control("POST", "service/accounts", made))["open_kfid"]
        person = await world.person()
        entering = {"person": person["id"], "open_kfid": open_kfid}
        await world.control("POST", "service/enter", entering)
        said = {"person": person["id"], "text": "在吗"}
        await world.control("POST", f"service/{open_kfid}/say", said)
        first = await world.ok("kf/sync_msg", open_kfid=open_kfid, limit=1)
        assert first["has_more"] == 1
        into_pool = {"open_kfid": open_kfid, "service_state": 2}
        moved = await world.ok(
            "kf/service_state/trans", external_userid=person["external_userid"], **into_pool
        )

        await world.control("PUT", "archive/permitted", {"userids": {userid: 3}})
        await world.control("PUT", "archive/key", {"pem": new_key_pair().public.decode()})
        await world.switch(archive_default_agree=True)
        await world.control("POST", f"staff/{userid}/add-customer", {"person": person["id"]})
        chat = {"userid": userid, "text": "你好"}
        await world.control("POST", f"people/{person['id']}/say", chat)
        secret = (await world.control("GET", "archive"))["secret"]
        assert await pulled(world, secret) == [1]

    async with running(settings) as world:
        rest = await world.ok("kf/sync_msg", open_kfid=open_kfid, cursor=first["next_cursor"])
        assert [message["msgtype"] for message in rest["msg_list"]] == ["text"]
        hello = {"msgtype": "text", "text": {"content": "正在排队"}}
        await world.ok("kf/send_msg_on_event", code=moved["msg_code"], **hello)
        await world.control("POST", f"people/{person['id']}/say", chat)
        assert await pulled(world, secret) == [1, 2]
