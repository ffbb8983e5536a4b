"""Phone numbers are what was given out, and who writes another is told why it is none."""

import pytest

from siyu.people.identity.phones import NoPhone, normal_phone, parse_phone


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("13812345678", "+8613812345678"),
        ("138 1234-5678", "+8613812345678"),
        ("+86 199 1234 5678", "+8619912345678"),
        ("8613812345678", "+8613812345678"),
        ("010-62345678", "+861062345678"),
        ("+852 9123 4567", "+85291234567"),
        ("+1 202 555 0123", "+12025550123"),
    ],
)
def test_numbers_are_written_alike(text: str, normal: str) -> None:
    assert parse_phone(text) == normal_phone(text) == normal


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("12345678901", "号段不存在"),
        ("16000000000", "号段不存在"),
        ("+86 140 1234 5678", "号段不存在"),
        ("1381234567", "位数不够"),
        ("138123456789", "位数太多"),
        ("123", "位数不够"),
        ("微信同号", "不是手机号"),
    ],
)
def test_what_is_no_number_says_why(text: str, why: str) -> None:
    with pytest.raises(NoPhone, match=why):
        parse_phone(text)
    assert normal_phone(text) is None
