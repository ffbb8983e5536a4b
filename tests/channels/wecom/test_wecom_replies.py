"""Answers are read leniently: oddities are repaired or fall back, and never break the rest."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu.channels.wecom.endpoints import TABLE
from siyu.channels.wecom.endpoints.auth import AddressesReply
from siyu.channels.wecom.endpoints.contact_ways import ContactWayReply
from siyu.channels.wecom.endpoints.contacts import ContactReply, ContactsOfUsersReply, FollowUser
from siyu.channels.wecom.endpoints.directory import AgentReply, User
from siyu.channels.wecom.endpoints.tags import CorpTagsReply
from siyu.channels.wecom.lenient import read

PERSON = {"external_userid": "wm1", "name": "王芳", "type": 1, "gender": 2}


def test_a_customer_as_documented() -> None:
    data = {
        "external_contact": PERSON | {"external_profile": {"external_attr": []}},
        "follow_user": [
            {
                "userid": "lisi",
                "remark": "王姐",
                "createtime": 1777896000,
                "tags": [
                    {"group_name": "渠道", "tag_name": "包裹卡", "tag_id": "et1", "type": 1},
                    {"group_name": "我的", "tag_name": "爱问", "type": 2},
                ],
                "add_way": 16,
                "state": "s1",
                "oper_userid": "wm1",
                "wechat_channels": {"nickname": "号", "source": 1},
            }
        ],
    }
    reply = read(data, ContactReply)
    (follower,) = reply.follow_user
    assert (reply.external_contact.name, follower.add_way, follower.state) == ("王芳", 16, "s1")
    assert follower.corp_tag_ids == ("et1",)
    assert reply.next_cursor == ""


def test_batches_carry_tag_ids_only() -> None:
    row = {"external_contact": PERSON, "follow_info": {"userid": "a", "tag_id": ["et1", "et2"]}}
    reply = read({"external_contact_list": [row], "next_cursor": "c"}, ContactsOfUsersReply)
    assert reply.external_contact_list[0].follow_info.corp_tag_ids == ("et1", "et2")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"userid": "a", "gender": "1"}, {"gender": 1}),
        ({"userid": 10086}, {"userid": "10086"}),
        ({"userid": "a", "gender": ""}, {"gender": 0}),
        ({"userid": "a", "department": None}, {"department": ()}),
        ({"userid": "a", "department": ["1", 2, None]}, {"department": (1, 2)}),
        ({"userid": "a", "name": None, "alias": 7}, {"name": "", "alias": "7"}),
        ({"userid": "a", "direct_leader": {}}, {"direct_leader": ()}),
        ({"userid": "a", "is_leader_in_dept": ["0", "1"]}, {"is_leader_in_dept": (0, 1)}),
    ],
)
def test_odd_values_are_repaired_or_forgotten(
    data: dict[str, Any], expected: dict[str, Any]
) -> None:
    got = read(data, User)
    assert {name: getattr(got, name) for name in expected} == expected


def test_oddities_deep_inside_leave_their_neighbours() -> None:
    groups = [
        {"group_id": 1, "group_name": "甲", "tag": [{"id": "t1", "order": "x"}, {"name": "无"}]},
        {"group_name": "without id"},
        {"group_id": "g2", "tag": None},
    ]
    reply = read({"tag_group": groups}, CorpTagsReply)
    assert [group.group_id for group in reply.tag_group] == ["1", "g2"]
    assert [(tag.id, tag.order) for tag in reply.tag_group[0].tag] == [("t1", 0)]


def test_flags_come_as_numbers_and_optional_objects_as_texts() -> None:
    assert read({"agentid": "1", "close": 1, "allow_userinfos": ""}, AgentReply).close is True
    assert read({"userid": "a", "wechat_channels": ""}, FollowUser).wechat_channels is None
    way = read({"contact_way": {"config_id": "c", "skip_verify": 0}}, ContactWayReply)
    assert way.contact_way.skip_verify is False


def test_what_is_needed_and_missing_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        read({"external_contact": {"name": "nobody"}}, ContactReply)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)
fields = sorted(
    {
        field.encode_name
        for endpoint in TABLE.values()
        for field in msgspec.structs.fields(endpoint.response)
        if field.encode_name != "raw"
    }
)


@given(st.sampled_from(list(TABLE.values())), st.dictionaries(st.sampled_from(fields), json_values))
def test_no_answer_escapes_as_another_error(endpoint: Any, data: dict[str, Any]) -> None:
    try:
        reply = read(data, endpoint.response)
    except msgspec.ValidationError:
        return
    assert isinstance(reply, endpoint.response)


def test_fitting_answers_are_not_touched() -> None:
    assert read({"ip_list": ["1.2.3.4"]}, AddressesReply).ip_list == ("1.2.3.4",)
