"""Directory, customers, tags, contact ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import AGENT, WorldClient, running

from siyu.sandbox.hosts import Who, own_url, parse_who, split_host
from siyu.sandbox.settings import SandboxSettings
from siyu.sandbox.world import ids


async def test_the_directory_of_a_shop(world: WorldClient) -> None:
    departments = (await world.fetch("department/list"))["department"]
    assert [d["parentid"] for d in departments] == [0, 1, 1, 1]
    members = (await world.fetch("user/list", department_id=1, fetch_child=1))["userlist"]
    assert len(members) == 8
    assert not {"mobile", "gender", "avatar"} & set(members[0])  # as apps made today get it
    assert len({(m["name"]) for m in members}) == 7  # one employee runs two accounts
    pages: list[str] = []
    cursor = ""
    while True:
        page = await world.ok("user/list_id", cursor=cursor, limit=3)
        pages += [row["userid"] for row in page["dept_user"]]
        cursor = page.get("next_cursor", "")
        if not cursor:
            break
    assert sorted(pages) == sorted(m["userid"] for m in members)
    assert (await world.fetch("user/get", userid="nobody"))["errcode"] == 60111
    assert (await world.fetch("department/list", id=9))["errcode"] == 60003


async def test_an_app_sees_its_range_only(world: WorldClient) -> None:
    await world.control("PUT", f"admin/app/{AGENT}/visible-range", {"departments": [3]})
    members = (await world.fetch("user/list", department_id=1, fetch_child=1))["userlist"]
    assert {m["department"][0] for m in members} == {3}
    assert (await world.fetch("user/get", userid="majun"))["errcode"] == 60021
    followers = (await world.fetch("externalcontact/get_follow_user_list"))["follow_user"]
    assert "majun" not in followers
    assert (await world.fetch("externalcontact/list", userid="majun"))["errcode"] == 60021


async def test_batches_tell_each_relation_once(world: WorldClient) -> None:
    staff = (await world.fetch("externalcontact/get_follow_user_list"))["follow_user"]
    expected: set[tuple[str, str]] = set()
    for userid in staff:
        listed = await world.fetch("externalcontact/list", userid=userid)
        expected |= {(userid, external) for external in listed.get("external_userid", [])}
    found: list[tuple[str, str]] = []
    cursor, pages = "", 0
    while True:
        page = await world.ok(
            "externalcontact/batch/get_by_user", userid_list=staff, cursor=cursor, limit=7
        )
        rows = page["external_contact_list"]
        assert len(rows) <= 7
        found += [
            (row["follow_info"]["userid"], row["external_contact"]["external_userid"])
            for row in rows
        ]
        pages += 1
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert pages > 4
    assert len(expected) >= 40


async def test_a_customer_has_the_official_shape(world: WorldClient) -> None:
    page = await world.ok("externalcontact/batch/get_by_user", userid_list=["wutao"], limit=100)
    row = page["external_contact_list"][0]
    external = row["external_contact"]["external_userid"]
    assert external.startswith("wm")
    assert len(external) == 32
    got = await world.fetch("externalcontact/get", external_userid=external)
    contact = got["external_contact"]
    assert contact["type"] == 1
    assert contact["unionid"].startswith("o")
    mine = next(f for f in got["follow_user"] if f["userid"] == "wutao")
    assert [t["tag_id"] for t in mine["tags"]] == row["follow_info"]["tag_id"]
    assert "tags" not in row["follow_info"]
    assert all(t["type"] == 1 and t["group_name"] for t in mine["tags"])
    back = await world.ok("externalcontact/unionid_to_external_userid", unionid=contact["unionid"])
    assert back["external_userid"] == external
    await world.switch(open_platform_bound=False)
    got = await world.fetch("externalcontact/get", external_userid=external)
    assert "unionid" not in got["external_contact"]
    missing = await world.fetch("externalcontact/get", external_userid="wm" + "x" * 30)
    assert missing["errcode"] == 40096


async def test_remarks(world: WorldClient) -> None:
    page = await world.ok("externalcontact/batch/get_by_user", userid_list=["wutao"])
    external = page["external_contact_list"][0]["external_contact"]["external_userid"]
    base = {"userid": "wutao", "external_userid": external}
    path = "externalcontact/remark"
    assert (await world.call(path, **base))["errcode"] == 40063
    assert (await world.call(path, **base, remark="十" * 21))["errcode"] == 40058
    await world.ok(path, **base, remark="十" * 20, remark_mobiles=["13800000000"])
    await world.ok(path, **base, description="爱买纸尿裤")
    got = await world.fetch("externalcontact/get", external_userid=external)
    mine = next(f for f in got["follow_user"] if f["userid"] == "wutao")
    assert mine["remark"] == "十" * 20
    assert mine["remark_mobiles"] == ["13800000000"]
    await world.ok(path, **base, remark_mobiles=[""])
    got = await world.fetch("externalcontact/get", external_userid=external)
    mine = next(f for f in got["follow_user"] if f["userid"] == "wutao")
    assert mine["remark_mobiles"] == []
    other = {"userid": "majun", "external_userid": external, "remark": "x"}
    listed = (await world.fetch("externalcontact/list", userid="majun"))["external_userid"]
    if external not in listed:
        assert (await world.call(path, **other))["errcode"] == 84061


async def test_corp_tags_live_and_die(world: WorldClient) -> None:
    added = await world.ok(
        "externalcontact/add_corp_tag",
        group_name="会员等级",
        tag=[{"name": "金卡"}, {"name": "银卡"}, {"name": "金卡"}],
    )
    group = added["tag_group"]
    assert [t["name"] for t in group["tag"]] == ["金卡", "银卡"]
    assert group["group_id"].startswith("et")
    assert len(group["tag"][0]["id"]) == 32
    joined = await world.ok(
        "externalcontact/add_corp_tag", group_name="会员等级", tag=[{"name": "铜卡"}]
    )
    assert joined["tag_group"]["group_id"] == group["group_id"]
    assert [t["name"] for t in joined["tag_group"]["tag"]] == ["铜卡"]  # only the new ones
    gold, silver = (t["id"] for t in group["tag"])
    page = await world.ok("externalcontact/batch/get_by_user", userid_list=["wutao"])
    external = page["external_contact_list"][0]["external_contact"]["external_userid"]
    mark = {"userid": "wutao", "external_userid": external}
    await world.ok("externalcontact/mark_tag", **mark, add_tag=[gold, silver])
    await world.ok("externalcontact/mark_tag", **mark, remove_tag=[silver])
    bad = await world.call("externalcontact/mark_tag", **mark, add_tag=["et-none"])
    assert bad["errcode"] == 40068
    assert (await world.call("externalcontact/mark_tag", **mark))["errcode"] == 40063
    await world.ok("externalcontact/edit_corp_tag", id=gold, name="黑金卡")
    got = await world.fetch("externalcontact/get", external_userid=external)
    mine = next(f for f in got["follow_user"] if f["userid"] == "wutao")
    assert "黑金卡" in [t["tag_name"] for t in mine["tags"]]
    bronze = joined["tag_group"]["tag"][0]["id"]
    await world.ok("externalcontact/del_corp_tag", tag_id=[gold, silver, bronze])
    left = await world.ok("externalcontact/get_corp_tag_list", group_id=[group["group_id"]])
    assert left["tag_group"] == []  # the group went with its last tag
    got = await world.fetch("externalcontact/get", external_userid=external)
    mine = next(f for f in got["follow_user"] if f["userid"] == "wutao")
    assert "黑金卡" not in [t["tag_name"] for t in mine["tags"]]
    empty = await world.call("externalcontact/add_corp_tag", group_name="空", tag=[])
    assert empty["errcode"] == 40063
    long = await world.call(
        "externalcontact/add_corp_tag", group_name="长" * 31, tag=[{"name": "x"}]
    )
    assert long["errcode"] == 40072


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"scene": 2, "user": ["wutao"]}, 41037),
        ({"type": 1, "user": ["wutao"]}, 41038),
        ({"type": 3, "scene": 2, "user": ["wutao"]}, 41039),
        ({"type": 1, "scene": 3, "user": ["wutao"]}, 41040),
        ({"type": 1, "scene": 2, "user": ["wutao", "majun"]}, 41041),
        ({"type": 2, "scene": 2, "user": ["nobody"]}, 40003),
        ({"type": 2, "scene": 2}, 40063),
        ({"type": 1, "scene": 2, "user": ["wutao"], "state": "状" * 31}, 40058),
        ({"type": 1, "scene": 2, "user": ["wutao"], "style": 9}, 41042),
        ({"type": 2, "scene": 2, "party": [99]}, 60003),
    ],
)
async def test_contact_ways_that_are_refused(
    world: WorldClient, body: dict[str, object], code: int
) -> None:
    assert (await world.call("externalcontact/add_contact_way", **body))["errcode"] == code


async def test_a_contact_way_is_changed_listed_and_deleted(world: WorldClient) -> None:
    made = await world.ok(
        "externalcontact/add_contact_way",
        type=2,
        scene=2,
        user=["wutao"],
        party=[3],
        state="状" * 30,
    )
    way = made["config_id"]
    assert len(way) == 32
    picture = await world.http.get(made["qr_code"].replace(world.settings.base_url, ""))
    assert picture.content.startswith(b"\x89PNG")
    await world.ok("externalcontact/update_contact_way", config_id=way, user=["majun"], state="新")
    got = (await world.ok("externalcontact/get_contact_way", config_id=way))["contact_way"]
    assert (got["user"], got["party"], got["state"], got["type"]) == (["majun"], [], "新", 2)
    person = await world.person()
    assert (await world.scan(person["id"], way))["userid"] == "majun"
    others = [await world.way("wutao") for _ in range(4)]
    found: list[str] = []
    cursor = ""
    while True:
        page = await world.ok("externalcontact/list_contact_way", limit=2, cursor=cursor)
        found += [item["config_id"] for item in page["contact_way"]]
        cursor = page.get("next_cursor", "")
        if not cursor:
            break
    assert sorted(found) == sorted([way, *others])
    await world.ok("externalcontact/del_contact_way", config_id=way)
    gone = await world.call("externalcontact/get_contact_way", config_id=way)
    assert gone["errcode"] == 41044
    refusal = await world.refused("POST", f"people/{person['id']}/scan", {"config_id": way})
    assert refusal["status"] == 404


async def test_a_code_shows_only_its_staff_and_all_of_them(world: WorldClient) -> None:
    way = await world.way("wutao", "majun", "suqing")
    shown = {(await world.scan((await world.person())["id"], way))["userid"] for _ in range(40)}
    assert shown == {"wutao", "majun", "suqing"}
    await world.control("PATCH", "staff/wutao", {"status": 2})
    shown = {(await world.scan((await world.person())["id"], way))["userid"] for _ in range(20)}
    assert "wutao" not in shown


async def test_the_same_seed_grows_the_same_world(settings: SandboxSettings) -> None:
    async with running(settings) as world:
        first = await world.control("GET", "people?limit=100")
        assert first["next_cursor"] is None
        made = await world.person()
    async with running(settings) as world:  # and what happened survives
        people = await world.control("GET", "people?limit=100")
        assert people["items"][0]["unionid"] == made["unionid"]
        assert people["items"][1:] == first["items"]
        assert made["id"] == 41


async def test_people_are_listed_by_pages_and_found_by_name(world: WorldClient) -> None:
    seen: list[int] = []
    cursor = ""
    while True:
        page = await world.control("GET", f"people?limit=15&cursor={cursor}")
        seen += [p["id"] for p in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == list(range(40, 0, -1))
    name = (await world.control("GET", "people/7"))["name"]
    found = await world.control("GET", f"people?q={name}")
    assert 7 in [p["id"] for p in found["items"]]
    assert (await world.refused("GET", "people/999"))["code"] == "not_in_world"


label = st.from_regex(r"[ps]-[a-z0-9]{1,12}", fullmatch=True)
host = st.from_regex(r"[a-oq-r][a-z]{0,8}\.localhost(:[1-9][0-9]{1,3})?", fullmatch=True)


@given(label=label, host=host)
def test_a_prefix_is_found_again_and_taken_off(label: str, host: str) -> None:
    who = parse_who(label)
    found, bare = split_host(f"{label}.{host}")
    if who is None:
        assert (found, bare) == (None, f"{label}.{host}")
    else:
        assert (found, bare) == (who, host)
        assert own_url(f"http://{host}/a?b=1", who, frozenset({host})) == (
            f"http://{who.label}.{host}/a?b=1"
        )


@given(host=host)
def test_a_link_copied_from_another_browser_opens_in_the_own_one(host: str) -> None:
    mine, theirs = Who("p", "2"), Who("s", "wutao")
    copied = own_url(f"http://{host}/l/x", theirs, frozenset({host}))
    assert own_url(copied, mine, frozenset({host})) == f"http://p-2.{host}/l/x"
    assert own_url(f"http://{host}/l/x", mine, frozenset()) == f"http://{host}/l/x"


@given(st.integers(min_value=0, max_value=10**9))
def test_cursors_are_read_back(position: int) -> None:
    assert ids.cursor_position(ids.cursor_text(position)) == position
    assert ids.cursor_position("") == 0
    assert ids.cursor_position(f"x{position}") is None
