"""Errcodes: each has an advice, and permissions say where they are granted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu.channels.wecom.errors import WeComError
from siyu.channels.wecom.verdicts import Action, Advice, titles, verdict

CONTACTS = "/cgi-bin/externalcontact/get"


@pytest.mark.parametrize(
    ("errcode", "advice", "key"),
    [
        (-1, Advice.RETRY, ""),
        (6000, Advice.RETRY, ""),
        (40014, Advice.REFRESH_TOKEN, ""),
        (42001, Advice.REFRESH_TOKEN, ""),
        (41001, Advice.REFRESH_TOKEN, ""),
        (45009, Advice.WAIT, ""),
        (45033, Advice.WAIT, ""),
        (40001, Advice.ASK_ADMIN, "secret"),
        (60020, Advice.ASK_ADMIN, "trusted_ip"),
        (50001, Advice.ASK_ADMIN, "trusted_domain"),
        (60011, Advice.ASK_ADMIN, "visibility"),
        (301002, Advice.ASK_ADMIN, "app"),
        (48002, Advice.ASK_ADMIN, "contact_api"),
        (84074, Advice.ASK_ADMIN, "contact_scope"),
        (701008, Advice.ASK_ADMIN, "licence"),
        (84061, Advice.GONE, ""),
        (60111, Advice.GONE, ""),
        (40068, Advice.GONE, ""),
        (40007, Advice.GONE, ""),
        (41050, Advice.GIVE_UP, ""),
        (41051, Advice.GIVE_UP, ""),
        (41096, Advice.GIVE_UP, ""),
        (40029, Advice.GIVE_UP, ""),
        (40058, Advice.BUG, ""),
        (45002, Advice.BUG, ""),
        (47001, Advice.BUG, ""),
        (999999, Advice.GIVE_UP, ""),
    ],
)
def test_what_to_do(errcode: int, advice: Advice, key: str) -> None:
    error = WeComError(errcode, "said", CONTACTS)
    assert error.advice is advice
    assert (error.permission.key if error.permission else "") == key
    assert f"（错误码 {errcode}）" in error.sentence
    assert bool(error.fix) == (advice is Advice.ASK_ADMIN)


@given(st.integers(-10, 3_000_000), st.sampled_from([CONTACTS, "/cgi-bin/kf/sync_msg", "/x", ""]))
def test_every_code_has_an_advice_and_every_missing_permission_a_place(
    errcode: int, path: str
) -> None:
    found = verdict(errcode, path)
    assert isinstance(found.advice, Advice)
    if found.advice is Advice.ASK_ADMIN:
        assert found.permission is not None
        assert found.permission.where


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/cgi-bin/externalcontact/customer_acquisition/list_link", "acquisition"),
        ("/cgi-bin/externalcontact/mark_tag", "contact_api"),
        ("/cgi-bin/kf/account/list", "kf_api"),
        ("/cgi-bin/msgaudit/get_permit_user_list", "archive"),
        ("/cgi-bin/department/list", "visibility"),
        ("/cgi-bin/message/send", "api_access"),
    ],
)
def test_a_forbidden_interface_names_the_permission_of_its_family(path: str, key: str) -> None:
    found = verdict(48002, path)
    assert found.permission is not None
    assert found.permission.key == key


def test_the_egress_address_to_trust_is_read_from_the_message() -> None:
    errmsg = "not allow to access from your ip, hint: [1777], from ip: 203.0.113.7, more info at …"
    error = WeComError(60020, errmsg, CONTACTS)
    assert error.fix.endswith("：203.0.113.7")


def test_long_messages_are_cut() -> None:
    assert len(WeComError(1, "x" * 10_000, CONTACTS).errmsg) == 160


# the table of the facts: what the client does about each code
FACTS: dict[Action, list[int]] = {
    Action.RETRY: [-1, 6000, 41063, 41079],
    Action.REFRESH_TOKEN: [40014, 42001, 41001, 42009, 40082],
    Action.WAIT: [45009, 45033, 41094, 41078],
    Action.ASK_ADMIN: [
        40001, 40013, 41002, 41004, 40056, 60011, 60021, 50002, 48002, 301002, 84074, 84083,
        48007, 95017, 50001, 60020, 85005, 701008, 610015, 610016, 610017, 610018,
        660003, 660004, 660005,
    ],
    Action.GIVE_UP: [
        40003, 60111, 46004, 40029, 42003, 42022, 40007, 40004, 40006, 45001, 40058, 40035, 40063,
        40068, 40071, 40072, *range(40096, 40101), 40128, 40129, 41035, 41056, 84061, 84084,
        *range(41037, 41046), 41091, 41046, 41047, 41048, 41093, *range(41049, 41055), 41096,
        41055, 41058, 45002, 81013, 81017, 90500, 90510, 95000, 95001, 95016, 610014, 660001,
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "action"), [(code, action) for action, codes in FACTS.items() for code in codes]
)
def test_each_code_has_the_action_of_the_facts(code: int, action: Action) -> None:
    assert verdict(code, CONTACTS).advice.action is action


def test_every_official_code_has_one_action_and_a_sentence() -> None:
    assert len(titles()) == 1250
    for code in titles():
        error = WeComError(code, "said", CONTACTS)
        assert error.advice.action in Action
        assert error.sentence != f"企业微信拒绝了请求（错误码 {code}）"
        assert (error.permission is None) == (error.advice.action is not Action.ASK_ADMIN)
    assert {verdict(code).advice.action for code in titles()} == set(Action)


def test_actions_are_named_in_chinese() -> None:
    assert len({action.label for action in Action}) == len(Action)


def test_an_unknown_code_is_given_up_and_shown() -> None:
    error = WeComError(987654, "said", CONTACTS)
    assert error.advice.action is Action.GIVE_UP
    assert error.sentence == "企业微信拒绝了请求（错误码 987654）"
