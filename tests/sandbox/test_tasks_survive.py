"""Tasks of staff and hand-overs under way go on after the world was stopped and started again."""

from worlds import WorldClient, running

from siyu.sandbox.settings import SandboxSettings


async def customer(world: WorldClient, userid: str) -> tuple[int, str]:
    person = await world.person()
    await world.control("POST", f"staff/{userid}/add-customer", {"person": person["id"]})
    return person["id"], person["external_userid"]


async def test_tasks_go_on_after_a_restart(settings: SandboxSettings) -> None:
    async with running(settings) as world:
        await world.switch(mass_dispatch_seconds=0, moment_job_seconds=0, mass_quota="day")
        former, heir = [staff["userid"] for staff in world.state["staff"]][:2]
        person, external = await customer(world, former)
        own = {"text": "先发一条", "people": [person]}
        await world.control("POST", f"staff/{former}/mass-messages", own)
        text = {"text": {"content": "新到货"}}
        made = await world.ok("externalcontact/add_msg_template", sender=former, **text)
        senders = {"sender_list": {"user_list": [former]}}
        job = await world.ok("externalcontact/add_moment_task", visible_range=senders, **text)
        hand_over = {"handover_userid": former, "takeover_userid": heir}
        await world.ok("externalcontact/transfer_customer", external_userid=[external], **hand_over)

    async with running(settings) as world:
        path = f"staff/{former}/mass-tasks/{made['msgid']}/send"
        task = await world.control("POST", path, {"receivers": None})
        (mine,) = [x for x in task["receivers"] if x["who"] == f"p-{person}"]
        assert mine["status"] == 3  # what was received before the restart still counts
        told = await world.ok("externalcontact/get_moment_task_result", jobid=job["jobid"])
        moment_id = told["result"]["moment_id"]
        await world.control("POST", f"staff/{former}/moments/{moment_id}/publish")

    async with running(settings) as world:
        (seen,) = (await world.control("GET", f"people/{person}/moments"))["items"]
        assert seen["moment_id"] == moment_id
        await world.advance(86_401)
        await world.login()  # the token died within the day
        (result,) = (await world.ok("externalcontact/transfer_result", **hand_over))["customer"]
        assert (result["external_userid"], result["status"]) == (external, 1)
