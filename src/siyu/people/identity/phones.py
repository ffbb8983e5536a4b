"""Personal data: phone numbers are masked in plain texts and kept encrypted beside them."""

import re
from collections.abc import Iterable
from typing import Any, Final

import phonenumbers
from phonenumbers import ValidationResult
from sqlalchemy.dialects.postgresql import insert

from siyu.core.context import Context
from siyu.core.vault import Vault
from siyu.facts.people import CustomerChanged
from siyu.people.identity.evidence import Evidence
from siyu.people.identity.identities import find_identity
from siyu.people.identity.joining import claim
from siyu.people.models import CustomerPrivate, Identity

PHONE: Final = "phone"
_HOME: Final = "CN"
_CHINA: Final = 86
_RANGES: Final[Any] = phonenumbers.PhoneMetadata.metadata_for_region(_HOME)
_MOBILE: Final = re.compile(_RANGES.mobile.national_number_pattern, re.ASCII)
"""The ranges of mobile numbers that were given out."""
_MOBILE_DIGITS: Final = 11
_SHORT: Final = "手机号位数不够"
_LONG: Final = "手机号位数太多"
_IN_TEXT: Final = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")


def mask_phones(text: str) -> str:
    """Return a text with the middle of each mobile number hidden."""
    return _IN_TEXT.sub(_masked, text)


def _masked(number: re.Match[str]) -> str:
    return f"{number[1]}****{number[3]}"


class NoPhone(ValueError):
    """A text is no phone number; the message says why, in a sentence for people."""


def parse_phone(text: str) -> str:
    """Return a phone number in E.164 (without a country: Chinese); raises `NoPhone`.

    One of mainland China must be of a range that was given out, so that a slip of one digit is
    found. Those of other countries only need a possible length: their ranges change unheard.
    """
    if _MOBILE.fullmatch(text):
        return f"+86{text}"  # most are plain mobile ones, and the library is slow
    try:
        number = phonenumbers.parse(text, _HOME)
    except phonenumbers.NumberParseException:
        raise NoPhone("不是手机号") from None
    match phonenumbers.is_possible_number_with_reason(number):
        case ValidationResult.TOO_SHORT:
            raise NoPhone(_SHORT)
        case ValidationResult.TOO_LONG:
            raise NoPhone(_LONG)
        case ValidationResult.IS_POSSIBLE:
            pass
        case _:
            raise NoPhone("手机号位数不对")
    if number.country_code == _CHINA and not phonenumbers.is_valid_number(number):
        digits = phonenumbers.national_significant_number(number)
        if digits.startswith("1") and len(digits) != _MOBILE_DIGITS:
            raise NoPhone(_SHORT if len(digits) < _MOBILE_DIGITS else _LONG)
        raise NoPhone("手机号的号段不存在，请检查是否写错")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normal_phone(text: str) -> str | None:
    """Return a phone number as `parse_phone` does, or nothing when it is none."""
    try:
        return parse_phone(text)
    except NoPhone:
        return None


async def keep_phones(
    ctx: Context,
    vault: Vault,
    identity: Identity,
    phones: Iterable[str],
    *,
    evidence: Evidence = "staff_remark",
) -> None:
    """Keep phone numbers of a person at one of their ids, encrypted, and found by a keyed hash.

    What a number proves says the evidence: one that the customer gave (`customer_phone`) joins
    people; one that staff typed proves nothing and becomes a suggestion where it leads elsewhere.
    """
    for phone in sorted({normal for text in phones if (normal := normal_phone(text))}):
        blind = vault.blind(PHONE, phone)
        new = await ctx.session.scalar(
            insert(CustomerPrivate)
            .values(
                tenant_id=ctx.tenant_id,
                identity_id=identity.id,
                kind=PHONE,
                ciphertext=vault.encrypt(PHONE, phone),
                blind=blind,
                created_at=ctx.now(),
            )
            .on_conflict_do_nothing()
            .returning(CustomerPrivate.id)
        )
        await claim(ctx, identity, PHONE, "", blind.hex(), evidence)
        if new is not None:
            ctx.announce(
                CustomerChanged(customer_id=identity.customer_id, what="phone"),
                identity_id=identity.id,
            )


async def find_by_phone(ctx: Context, vault: Vault, phone: str) -> Identity | None:
    """Return the identity a phone number leads to, if any."""
    normal = normal_phone(phone)
    if normal is None:
        return None
    return await find_identity(ctx, PHONE, "", vault.blind(PHONE, normal).hex())
