"""Moments through the gateway and as staff and customers live through them."""

from datetime import timedelta
from typing import Any

import pytest

from siyu.channels.wecom.endpoints import moments as rows
from siyu.channels.wecom.endpoints.content import Media, Source
from siyu.channels.wecom.errors import RequestRefused, WeComError
from siyu.channels.wecom.lenient import read
from siyu.channels.wecom.verdicts import Advice
from tests.conformance.meeting import PNG, Meeting

NEWS = rows.MomentText(content="今天的育儿小贴士:六个月可以开始添加辅食了")
MP4 = b"\0\0\0\x18ftypmp42" + b"\0" * 32


@pytest.fixture
async def quick(met: Meeting) -> Meeting:
    await met.switch(moment_job_seconds=0, moment_tasks_per_minute=100)
    return met


def senders(*userids: str) -> rows.VisibleRange:
    return rows.VisibleRange(sender_list=rows.Senders(user_list=list(userids)))


async def create(met: Meeting, **asked: Any) -> rows.MomentJobResult:
    jobid = await met.client.moments.create(rows.AddMomentRequest(**{"text": NEWS, **asked}))
    state = await met.client.moments.job(jobid)
    assert state.status == rows.JobStatus.DONE
    assert state.result is not None
    return state.result


async def publish(met: Meeting, userid: str, moment_id: str) -> dict[str, Any]:
    return dict(await met.control("POST", f"staff/{userid}/moments/{moment_id}/publish"))


async def shown(met: Meeting, moment_id: str, userid: str) -> set[str]:
    return {customer async for customer in met.client.moments.shown(moment_id, userid)}


async def chosen(met: Meeting, moment_id: str, userid: str) -> set[str]:
    return {customer async for customer in met.client.moments.chosen(moment_id, userid)}


async def published(met: Meeting, moment_id: str) -> dict[str, bool]:
    return {task.userid: task.published async for task in met.client.moments.tasks(moment_id)}


async def tagged(met: Meeting, userid: str, customer: str) -> str:
    """A new tag that only this customer carries."""
    group = await met.client.add_corp_tags("朋友圈", [f"给{customer[-8:-4]}"])
    await met.client.mark_tags(userid, customer, add=[group.tag[0].id])
    return group.tag[0].id


async def test_a_moment_is_seen_when_a_staff_member_publishes_it(quick: Meeting) -> None:
    userid = (await quick.client.follow_users())[0]
    person, _ = await quick.newcomer(userid)
    gone, deleted = await quick.newcomer(userid)
    await quick.control("POST", f"people/{gone}/delete-staff", {"userid": userid})
    picture = await quick.client.files.upload_for_moment("image", "图.png", PNG)
    images = [rows.PictureInMoment(image=Media(media_id=picture.media_id))] * 9
    moment_id = (await create(quick, attachments=images, visible_range=senders(userid))).moment_id
    timeline = f"people/{person}/moments"
    assert await published(quick, moment_id) == {userid: False}
    assert (await quick.control("GET", timeline))["items"] == []
    for read_it in (shown, chosen):
        with pytest.raises(WeComError) as caught:
            await read_it(quick, moment_id, userid)
        assert (caught.value.errcode, caught.value.advice) == (41062, Advice.GIVE_UP)

    assert (await publish(quick, userid, moment_id))["state"] == "published"
    assert await published(quick, moment_id) == {userid: True}
    everyone = set(await quick.client.contact_ids(userid))
    assert await chosen(quick, moment_id, userid) == everyone
    assert await shown(quick, moment_id, userid) == everyone - {deleted}
    (seen,) = (await quick.control("GET", timeline))["items"]
    assert (seen["moment_id"], seen["text"], len(seen["pictures"])) == (moment_id, NEWS.content, 9)
    again = f"staff/{userid}/moments/{moment_id}/publish"
    assert "已发表" in await quick.refused("POST", again)


async def test_people_and_staff_react(quick: Meeting) -> None:
    userid, other = (await quick.client.follow_users())[:2]
    person, customer = await quick.newcomer(userid)
    stranger, _ = await quick.newcomer(other)
    moment_id = (await create(quick, visible_range=senders(userid))).moment_id
    await publish(quick, userid, moment_id)
    path = f"people/{person}/moments/{moment_id}"
    await quick.control("POST", f"{path}/like", {"userid": userid})
    await quick.control("POST", f"{path}/comment", {"userid": userid, "text": "学到了"})
    reply = {"text": "有问题随时问我"}
    await quick.control("POST", f"staff/{userid}/moments/{moment_id}/comment", reply)
    found = await quick.client.moments.reactions(moment_id, userid)
    assert [like.external_userid for like in found.like_list] == [customer]
    said = [(x.external_userid, x.userid) for x in found.comment_list]
    assert said == [(customer, ""), ("", userid)]
    assert all(x.create_time > 0 for x in found.comment_list)
    assert "学到了" not in str(found.raw)  # WeCom does not tell the words
    await quick.control("POST", f"{path}/like", {"userid": userid})
    assert (await quick.client.moments.reactions(moment_id, userid)).like_list == ()
    path = f"people/{stranger}/moments/{moment_id}/like"
    assert "看不到" in await quick.refused("POST", path, {"userid": userid})
    with pytest.raises(WeComError) as caught:
        await quick.client.moments.reactions(moment_id, other)
    assert caught.value.errcode == 41061


async def test_senders_and_tags_decide_who_publishes_and_who_sees(quick: Meeting) -> None:
    first, second = (await quick.client.follow_users())[:2]
    _, customer = await quick.newcomer(first, second)
    tag = await tagged(quick, first, customer)
    by_tag = rows.Customers(tag_list=[tag, "etNothing"])

    only_tags = await create(quick, visible_range=rows.VisibleRange(external_contact_list=by_tag))
    assert only_tags.invalid_external_contact_list is not None
    assert only_tags.invalid_external_contact_list.tag_list == ("etNothing",)
    assert set(await published(quick, only_tags.moment_id)) == {first}
    await publish(quick, first, only_tags.moment_id)
    assert await shown(quick, only_tags.moment_id, first) == {customer}

    both = rows.VisibleRange(
        sender_list=rows.Senders(user_list=[first, second, "nobody"], department_list=[999]),
        external_contact_list=by_tag,
    )
    result = await create(quick, visible_range=both)
    assert result.invalid_sender_list is not None
    assert result.invalid_sender_list.user_list == ("nobody",)
    assert result.invalid_sender_list.department_list == (999,)
    assert set(await published(quick, result.moment_id)) == {first, second}
    await publish(quick, second, result.moment_id)
    assert await shown(quick, result.moment_id, second) == set()

    everyone = await create(quick)
    staff = set(await quick.client.follow_users())
    assert set(await published(quick, everyone.moment_id)) == staff
    nobody = await create(quick, visible_range=senders("nobody"))
    assert (nobody.errcode != 0, nobody.moment_id) == (True, "")
    now = await quick.now()
    listed = quick.client.moments.between(now - timedelta(days=1), now + timedelta(minutes=5))
    kinds = {moment.moment_id: moment.visible_type async for moment in listed}
    assert kinds == {only_tags.moment_id: 0, result.moment_id: 0, everyone.moment_id: 1}


async def test_a_customer_sees_only_so_many_of_a_month(quick: Meeting) -> None:
    await quick.switch(moments_per_month=2, moments_per_day=1)
    first, second = (await quick.client.follow_users())[:2]
    _, customer = await quick.newcomer(first, second)
    tag = await tagged(quick, first, customer)
    by_tag = rows.VisibleRange(external_contact_list=rows.Customers(tag_list=[tag]))

    async def seen() -> bool:
        moment_id = (await create(quick, visible_range=by_tag)).moment_id
        await publish(quick, first, moment_id)
        return customer in await shown(quick, moment_id, first)

    await quick.advance(await _to_the_fifth(quick))
    assert [await seen(), await seen()] == [True, False]
    await quick.advance(86_400)
    assert await seen()
    await quick.advance(86_400)
    assert not await seen()  # two of this month already
    await quick.advance(31 * 86_400)
    assert await seen()


async def _to_the_fifth(met: Meeting) -> float:
    """Seconds to noon of the next fifth of a month in China: no border comes near."""
    now = await met.now() + timedelta(hours=8)
    first = (now.replace(day=1) + timedelta(days=32)).replace(day=5, hour=12, minute=0)
    return (first - now).total_seconds()


async def test_jobs_run_for_a_while_and_only_so_many_at_once(met: Meeting) -> None:
    await met.switch(moment_job_seconds=600, moment_running_jobs=1)
    moments = met.client.moments
    jobid = await moments.create(rows.AddMomentRequest(text=NEWS))
    assert (await moments.job(jobid)).status == rows.JobStatus.STARTED
    with pytest.raises(WeComError) as caught:
        await moments.create(rows.AddMomentRequest(text=NEWS))
    assert (caught.value.errcode, caught.value.advice) == (41078, Advice.WAIT)
    await met.advance(400)
    running = await moments.job(jobid)
    assert (running.status, running.result) == (rows.JobStatus.RUNNING, None)
    await met.advance(201)
    posted = await met.raw("externalcontact/get_moment_task_result", {"jobid": jobid})
    assert (posted["status"], posted["type"]) == (3, "add_moment_task")
    assert (await moments.job(jobid)).raw["result"] == posted["result"]
    await met.advance(86_400)
    with pytest.raises(WeComError) as caught:
        await moments.job(jobid)
    assert caught.value.errcode == 40058
    await met.switch(moment_job_seconds=0, moment_tasks_per_minute=0)
    body = {"text": {"content": "你好"}}
    assert (await met.raw("externalcontact/add_moment_task", body))["errcode"] == 45009


async def test_a_cancelled_moment_is_not_published_any_more(quick: Meeting) -> None:
    first, second = (await quick.client.follow_users())[:2]
    moment_id = (await create(quick, visible_range=senders(first, second))).moment_id
    await publish(quick, first, moment_id)
    await quick.client.moments.cancel(moment_id)
    path = f"staff/{second}/moments/{moment_id}/publish"
    assert "停止" in await quick.refused("POST", path)
    assert await published(quick, moment_id) == {first: True, second: False}
    with pytest.raises(WeComError) as caught:
        await quick.client.moments.cancel("momNothing")
    assert (caught.value.advice, caught.value.subject) == (Advice.GONE, "moment")


async def test_staff_publish_moments_of_their_own(quick: Meeting) -> None:
    userid = (await quick.client.follow_users())[0]
    person, customer = await quick.newcomer(userid)
    place = {"latitude": 30.27, "longitude": 120.15, "name": "西湖"}
    own = {"title": "周末活动", "url": "https://example.com/a", "people": [person]}
    made = await quick.control("POST", f"staff/{userid}/moments", own | {"location": place})
    await create(quick)
    now = await quick.now()
    listed = quick.client.moments.between(
        now - timedelta(days=1), now + timedelta(minutes=5), source=Source.PERSONAL
    )
    (moment,) = [moment async for moment in listed]
    assert (moment.moment_id, moment.creator) == (made["moment_id"], userid)
    assert (moment.create_type, moment.visible_type) == (1, 0)
    assert moment.link is not None
    assert moment.link.title == "周末活动"
    assert moment.location is not None
    assert moment.location.name == "西湖"
    assert await shown(quick, moment.moment_id, userid) == {customer}
    for call in (quick.client.moments.cancel, lambda x: published(quick, x)):
        with pytest.raises(WeComError) as caught:
            await call(moment.moment_id)
        assert caught.value.errcode == 41067


async def test_attachments_are_of_one_kind_and_uploaded_for_moments(quick: Meeting) -> None:
    files = quick.client.files
    video = await files.upload_for_moment("video", "片.mp4", MP4)
    video_part = rows.VideoInMoment(video=Media(media_id=video.media_id))
    moment_id = (await create(quick, text=None, attachments=[video_part])).moment_id
    now = await quick.now()
    listed = quick.client.moments.between(now - timedelta(days=1), now + timedelta(minutes=5))
    (moment,) = [moment async for moment in listed]
    assert moment.moment_id == moment_id
    assert moment.video is not None
    assert moment.video.media_id == video.media_id
    elsewhere = await quick.client.upload_media("image", "图.png", PNG)
    with pytest.raises(WeComError) as caught:
        await create(
            quick, attachments=[rows.PictureInMoment(image=Media(media_id=elsewhere.media_id))]
        )
    assert caught.value.errcode == 41072

    async def errcode(*attachments: dict[str, Any]) -> int:
        path, body = "externalcontact/add_moment_task", {"attachments": attachments}
        return int((await quick.raw(path, body))["errcode"])

    picture = {"msgtype": "image", "image": {"media_id": "x"}}
    movie = {"msgtype": "video", "video": {"media_id": video.media_id}}
    assert await errcode(picture, movie) == 41065
    assert await errcode(movie, movie) == 41064
    assert await errcode(*[picture] * 10) == 41064
    assert await errcode({"msgtype": "file", "file": {"media_id": "x"}}) == 41065
    assert await errcode(picture) == 40007
    assert await errcode({"msgtype": "link", "link": {"media_id": "x"}}) == 40058
    assert await errcode() == 41089


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"text": None}, "text"),
        ({"text": rows.MomentText(content="长" * 1334)}, "text.content"),
        ({"text": rows.MomentText(content="a" * 2001)}, "text.content"),
        (
            {
                "attachments": [
                    rows.PictureInMoment(image=Media(media_id="a")),
                    rows.VideoInMoment(video=Media(media_id="b")),
                ]
            },
            "attachments",
        ),
        ({"attachments": [rows.VideoInMoment(video=Media(media_id="b"))] * 2}, "attachments"),
        ({"attachments": [rows.PictureInMoment(image=Media(media_id="a"))] * 10}, "attachments"),
    ],
)
async def test_a_moment_that_breaks_the_rules_is_not_sent(
    met: Meeting, asked: dict[str, Any], field: str
) -> None:
    with pytest.raises(RequestRefused) as caught:
        await create(met, **asked)
    assert {violation.field for violation in caught.value.violations} == {field}


def test_odd_answers_about_moments_are_read_all_the_same() -> None:
    odd = {
        "moment_list": [
            {"moment_id": "momA", "create_time": "1700000000", "image": None, "video": ""},
            {"moment_id": "momB", "location": {"latitude": "30.5", "longitude": 120}, "new": 1},
            {"text": {"content": "without an id"}},
        ]
    }
    page = read({**odd, "raw": odd}, rows.MomentsReply)
    assert [moment.moment_id for moment in page.moment_list] == ["momA", "momB"]
    assert page.moment_list[0].create_time == 1_700_000_000
    assert page.moment_list[1].location == rows.ShownLocation(latitude=30.5, longitude=120.0)
    assert page.next_cursor == ""
    state = {"status": "3", "result": {"errcode": "0", "moment_id": "momA", "errmsg": None}}
    reply = read({**state, "raw": state}, rows.MomentJobStateReply)
    assert reply.result is not None
    assert (reply.status, reply.result.moment_id) == (3, "momA")
