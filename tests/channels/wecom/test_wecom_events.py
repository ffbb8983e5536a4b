"""Events: typed in both envelopes, unknown ones kept, repeats told from equals."""

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu.channels.wecom.callback import CallbackRefused
from siyu.channels.wecom.events import (
    TYPES,
    ArchiveApproved,
    CallbackEvent,
    ContactAdded,
    ContactDeletedByCustomer,
    ContactDeletedByStaff,
    ContactEdited,
    ContactHalfAdded,
    CorpTagChanged,
    DepartmentChanged,
    DirectoryTagChanged,
    GroupChatUpdated,
    StaffChanged,
    TransferFailed,
    UnknownEvent,
    dedupe_key,
    parse_event,
)


def xml(**fields: str | list[str]) -> bytes:
    def element(name: str, value: str | list[str]) -> str:
        if isinstance(value, list):
            return f"<{name}>{''.join(element('Item', item) for item in value)}</{name}>"
        return f"<{name}>{escape(value)}</{name}>"

    return f"<xml>{''.join(element(*field) for field in fields.items())}</xml>".encode()


def own(event: str, change: str, **fields: str | list[str]) -> bytes:
    return xml(
        ToUserName="ww1", FromUserName="sys", CreateTime="1777896000", MsgType="event",
        Event=event, ChangeType=change, **fields,
    )  # fmt: skip


def suite(event: str, change: str, **fields: str | list[str]) -> bytes:
    return xml(
        SuiteId="wws", AuthCorpId="ww1", InfoType=event, TimeStamp="1777896000",
        ChangeType=change, **fields,
    )  # fmt: skip


PEOPLE = {"UserID": "lisi", "ExternalUserID": "wm1"}


@pytest.mark.parametrize(
    ("event", "change", "fields", "kind", "expected"),
    [
        (
            "change_external_contact", "add_external_contact",
            {**PEOPLE, "State": "s1", "WelcomeCode": "W"}, ContactAdded,
            {"user_id": "lisi", "external_user_id": "wm1", "state": "s1", "welcome_code": "W"},
        ),
        (
            "change_external_contact", "add_external_contact", PEOPLE, ContactAdded,
            {"state": "", "welcome_code": ""},
        ),
        (
            "change_external_contact", "add_half_external_contact",
            {**PEOPLE, "WelcomeCode": "W"}, ContactHalfAdded, {"welcome_code": "W"},
        ),
        ("change_external_contact", "edit_external_contact", PEOPLE, ContactEdited, {}),
        (
            "change_external_contact", "del_external_contact",
            {**PEOPLE, "Source": "DELETE_BY_TRANSFER"}, ContactDeletedByStaff,
            {"by_transfer": True},
        ),
        (
            "change_external_contact", "del_external_contact", {**PEOPLE, "Source": ""},
            ContactDeletedByStaff, {"by_transfer": False},
        ),
        ("change_external_contact", "del_follow_user", PEOPLE, ContactDeletedByCustomer, {}),
        (
            "change_external_contact", "transfer_fail",
            {**PEOPLE, "FailReason": "customer_refused"}, TransferFailed,
            {"reason": "customer_refused"},
        ),
        (
            "change_external_contact", "msg_audit_approved", PEOPLE, ArchiveApproved,
            {"welcome_code": ""},
        ),
        (
            "change_external_tag", "create", {"Id": "et1", "TagType": "tag"}, CorpTagChanged,
            {"id": "et1", "tag_type": "tag", "strategy_id": ""},
        ),
        ("change_external_tag", "shuffle", {}, CorpTagChanged, {"id": ""}),
        (
            "change_contact", "update_user",
            {"UserID": "a", "NewUserID": "b", "Department": "1,2"}, StaffChanged,
            {"user_id": "a", "new_user_id": "b", "departments": "1,2"},
        ),
        (
            "change_contact", "create_party", {"Id": "2", "Name": "店", "ParentId": "1"},
            DepartmentChanged, {"id": 2, "name": "店", "parent_id": 1},
        ),
        (
            "change_contact", "update_tag", {"TagId": "1", "AddUserItems": "a,b"},
            DirectoryTagChanged, {"tag_id": 1, "added_users": "a,b", "removed_users": ""},
        ),
        (
            "change_external_chat", "update",
            {"ChatId": "wr1", "UpdateDetail": "add_member", "JoinScene": "3",
             "MemChangeCnt": "2", "MemChangeList": ["wm1", "lisi"], "LastMemVer": "v1"},
            GroupChatUpdated,
            {"chat_id": "wr1", "detail": "add_member", "join_scene": 3, "change_count": 2,
             "changed_members": ("wm1", "lisi"), "last_member_version": "v1"},
        ),
        (
            "change_external_chat", "update", {"ChatId": "wr1", "MemChangeList": ["wm1"]},
            GroupChatUpdated, {"changed_members": ("wm1",)},
        ),
    ],
)  # fmt: skip
def test_both_envelopes_carry_the_same_typed_event(
    event: str,
    change: str,
    fields: dict[str, str | list[str]],
    kind: type[CallbackEvent],
    expected: dict[str, object],
) -> None:
    for envelope in (own, suite):
        got = parse_event(envelope(event, change, **fields))
        assert type(got) is kind
        assert (got.corp_id, got.event, got.change_type) == ("ww1", event, change)
        assert got.occurred_at.timestamp() == 1777896000
        assert {name: getattr(got, name) for name in expected} == expected
        assert fields.keys() <= got.raw.keys()


def test_every_change_type_has_a_type() -> None:
    for event, change in TYPES:
        fields: dict[str, str | list[str]] = {
            **PEOPLE, "Id": "1", "TagId": "1", "ChatId": "wr1", "LinkId": "ca1", "OpenKfId": "wk1",
            "JobId": "j1", "SuiteTicket": "t", "OrderId": "o1",
        }  # fmt: skip
        assert type(parse_event(own(event, change, **fields))) is TYPES[event, change]


@pytest.mark.parametrize(
    "plaintext",
    [
        own("change_external_contact", "a_change_of_tomorrow", **PEOPLE),
        own("an_event_of_tomorrow", "x", New="1"),
        own("change_external_contact", "add_external_contact", UserID="lisi"),
        own("change_external_contact", "add_external_contact", UserID="lisi", ExternalUserID=""),
        own("change_contact", "create_party", Id="not a number"),
        xml(ToUserName="ww1", CreateTime="never", Event="change_external_tag", ChangeType="create"),
        xml(ToUserName="ww1", CreateTime="9" * 40, Event="x"),
        xml(Anything=["1", "2"], ToUserName=["a", "b"]),
    ],
)
def test_what_is_unknown_or_incomplete_is_kept_whole(plaintext: bytes) -> None:
    got = parse_event(plaintext)
    assert type(got) is UnknownEvent
    assert got.raw
    assert got.occurred_at.year >= 1970


def test_new_fields_of_known_events_are_kept() -> None:
    got = parse_event(own("change_external_contact", "edit_external_contact", **PEOPLE, New="1"))
    assert type(got) is ContactEdited
    assert got.raw["New"] == "1"


def test_a_plaintext_that_is_not_xml_is_refused() -> None:
    with pytest.raises(CallbackRefused):
        parse_event(b"success")


def test_messages_are_known_by_their_id() -> None:
    first = xml(ToUserName="ww1", MsgType="text", MsgId="77", Content="a")
    assert dedupe_key(parse_event(first), first) == "msg:ww1:77"


tag_events = st.builds(
    lambda change, tag, kind: own("change_external_tag", change, Id=tag, TagType=kind),
    st.sampled_from(["create", "update", "delete", "shuffle"]),
    st.sampled_from(["et1", "et2", "et3"]),
    st.sampled_from(["tag", "tag_group"]),
)


@given(st.lists(tag_events))
def test_events_of_one_second_share_a_key_only_when_they_say_the_same(events: list[bytes]) -> None:
    keys = {dedupe_key(parse_event(event), event) for event in events}
    assert len(keys) == len(set(events))
