"""Errcodes: each has an advice, and permissions say where they are granted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu.channels.wecom.errors import WeComError
from siyu.channels.wecom.verdicts import Advice, verdict

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
